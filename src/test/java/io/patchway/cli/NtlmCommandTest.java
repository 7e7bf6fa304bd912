package io.patchway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.access.MasterKey;
import io.patchway.access.NtHashes;
import io.patchway.access.NtlmDesk;
import io.patchway.access.PasswordHashes;
import io.patchway.access.PasswordHashes.Cost;
import io.patchway.access.Role;
import io.patchway.access.User;
import io.patchway.access.UserDesk;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import io.patchway.store.SqlNtlmRecords;
import io.patchway.store.SqlUsers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NtlmCommandTest {
    private static final String PASSWORD = "mypassword";

    @TempDir
    Path folder;

    private final Database database = Database.open(DatabaseSettings.at("jdbc:h2:mem:" + UUID.randomUUID()));
    private NtlmDesk desk;

    @BeforeEach
    void open() throws IOException {
        Clock clock = Clock.systemUTC();
        SqlUsers users = new SqlUsers(database, "node-1", clock);
        PasswordHashes hashes = new PasswordHashes(new Cost(8, 1), 4);
        desk = new NtlmDesk(
                users,
                hashes,
                new NtHashes(new SqlNtlmRecords(database, "node-1", clock), MasterKey.in(folder.resolve("key"))));
        new UserDesk(users, hashes, () -> {}, clock)
                .add(new User("ops", Role.OPERATOR, Set.of(), Optional.empty()), Optional.of(PASSWORD), "test");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private String run(int exitCode, String words, String input) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        NtlmCommand command = new NtlmCommand(
                desk,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(printed, true, StandardCharsets.UTF_8));
        assertThat(command.run(List.of(words.split(" ")))).as(words).isEqualTo(exitCode);
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void asksForThePasswordAndWarns() throws IOException {
        assertThat(run(0, "ops on", PASSWORD + "\n"))
                .contains("The password of user ops:")
                .contains("WARNING: NTLM needs an unsalted MD4 hash");
        assertThat(desk.isOn("ops")).contains(true);

        assertThat(run(0, "ops off", "")).contains("no weak hash of its password is kept");
        assertThat(desk.isOn("ops")).contains(false);

        Path file = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        assertThat(run(0, "ops on --password-file " + file, "")).contains("WARNING");
        assertThat(desk.isOn("ops")).contains(true);
    }

    @Test
    void refusesOthers() throws IOException {
        assertThat(run(1, "ops on", "guess\n")).contains("That is not the password");
        assertThat(run(1, "nobody on", PASSWORD)).contains("There is no such user");
        assertThat(run(1, "nobody off", "")).contains("There is no such user");
        assertThat(run(64, "ops", "")).contains("user ntlm NAME on");
        assertThat(run(64, "ops maybe", "")).contains("user ntlm NAME on");
        assertThat(run(64, "ops off --password-file x", "")).contains("is not an option");
        assertThat(desk.isOn("ops")).contains(false);
    }
}
