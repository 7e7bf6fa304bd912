package io.patchway.api.clc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchway.access.BearerTokens;
import io.patchway.access.MasterKey;
import io.patchway.access.PasswordHashes;
import io.patchway.access.PasswordHashes.Cost;
import io.patchway.access.PasswordSignIn;
import io.patchway.access.Role;
import io.patchway.access.SigningKey;
import io.patchway.access.User;
import io.patchway.access.UserDesk;
import io.patchway.api.FrontDoor;
import io.patchway.audit.AuditLog;
import io.patchway.faults.Survives;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import io.patchway.store.SqlAuditLog;
import io.patchway.store.SqlTokenRecords;
import io.patchway.store.SqlUsers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users and tokens in a real database: over restarts, and on several nodes. */
class ClcNodesTest {
    private static final String LOGIN = "{\"username\":\"ops\",\"password\":\"mypassword\"}";
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
    }

    /** A node on the database in the folder, with its own memory of what is in there. */
    private final class Node implements AutoCloseable {
        private final UserDesk desk;
        private final FrontDoor door;

        Node(Database database) throws IOException {
            SqlUsers users = new SqlUsers(database, "node", CLOCK);
            SqlTokenRecords records = new SqlTokenRecords(database, "node", CLOCK);
            PasswordHashes hashes = new PasswordHashes(new Cost(8, 1), 2);
            SigningKey key = new SigningKey(records, MasterKey.in(folder.resolve("master-key")));
            BearerTokens tokens = new BearerTokens(users, records, key, Duration.ofDays(14), CLOCK);
            AuditLog audit = new SqlAuditLog(database, "node", CLOCK);
            PasswordSignIn signIn = new PasswordSignIn(users, hashes, audit, CLOCK);
            desk = new UserDesk(users, hashes, tokens::readAgain, CLOCK);
            ClcSignIn login = new ClcSignIn(signIn, tokens, new ClcAccount("PWAY", "WA1"), audit);
            door = new FrontDoor(List.of(new ClcDoor(tokens, List.of(login), audit, CLOCK))).start("127.0.0.1", 0);
        }

        HttpResponse<String> login() throws Exception {
            return client.send(
                    at(ClcSignIn.LOGIN).POST(BodyPublishers.ofString(LOGIN)).build(), BodyHandlers.ofString());
        }

        String token() throws Exception {
            return OpenClcDoor.json(login().body()).path("bearerToken").asText();
        }

        /** 404 for whoever is admitted: there is nothing at that path. */
        int status(String token) throws Exception {
            HttpRequest request =
                    at("/v2/nothing").header("Authorization", "Bearer " + token).build();
            return client.send(request, BodyHandlers.ofString()).statusCode();
        }

        private HttpRequest.Builder at(String path) {
            return HttpRequest.newBuilder().uri(URI.create("http://127.0.0.1:" + door.port() + path));
        }

        @Override
        public void close() {
            door.close();
        }
    }

    private Database open() {
        return Database.open(DatabaseSettings.at("jdbc:h2:file:" + folder.resolve("patchway")));
    }

    private static void addOps(Node node) {
        User ops = new User("ops", Role.OPERATOR, Set.of(), Optional.empty());
        node.desk.add(ops, Optional.of("mypassword"), "test");
    }

    @Test
    void aTokenOutlivesARestart() throws Exception {
        String token;
        try (Database database = open();
                Node node = new Node(database)) {
            addOps(node);
            token = node.token();
            assertThat(node.status(token)).isEqualTo(404);
        }

        try (Database database = open();
                Node node = new Node(database)) {
            assertThat(node.status(token)).isEqualTo(404);
            node.desk.disable("ops", "test");
            assertThat(node.status(token)).isEqualTo(401);
        }

        try (Database database = open();
                Node node = new Node(database)) {
            assertThat(node.status(token)).isEqualTo(401);
        }
    }

    @Test
    @Survives(31)
    void whatEndsATokenOnOneNodeEndsItOnTheOtherWithinSeconds() throws Exception {
        try (Database database = open();
                Node one = new Node(database);
                Node two = new Node(database)) {
            addOps(one);
            String token = one.token();
            assertThat(two.status(token)).isEqualTo(404);

            one.desk.revokeTokens("ops", "test");

            assertThat(one.status(token)).isEqualTo(401);
            await().atMost(Duration.ofSeconds(6)).until(() -> two.status(token) == 401);
        }
    }
}
