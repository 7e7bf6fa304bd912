package io.patchway.whole;

import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.patchway.run.RequestReport;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import io.patchway.store.SqlRunLedger;
import io.patchway.store.SqlWindowLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What every drill has: simulated hosts that outlive the orchestrator, a mail server, a database, and any number of
 * nodes that work on them.
 */
final class Drill implements AutoCloseable {
    private final Path folder;
    private final String databaseUrl;
    private final SimulatedFleet fleet;
    private final GreenMail mails;
    private final List<PatchwayProcess> nodes = new ArrayList<>();
    private int requests;

    private Drill(Path folder, String databaseUrl, SimulatedFleet fleet, GreenMail mails) {
        this.folder = folder;
        this.databaseUrl = databaseUrl;
        this.fleet = fleet;
        this.mails = mails;
    }

    /** @param pace what the fastest hosts take for one package, and for the dark part of a reboot */
    static Drill open(Path folder, String databaseUrl, int hosts, Duration pace) throws IOException {
        ServerSetup setup = new ServerSetup(FreePort.find(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        setup.setServerStartupTimeout(60_000);
        GreenMail mails = new GreenMail(setup);
        mails.start();
        return new Drill(folder, databaseUrl, SimulatedFleet.start(folder.resolve("fleet"), hosts, pace), mails);
    }

    /** An H2 database in this folder. */
    static String h2In(Path folder) {
        return "jdbc:h2:file:" + folder.resolve("db/patchway").toAbsolutePath();
    }

    SimulatedFleet fleet() {
        return fleet;
    }

    /**
     * A node that is still to be started.
     *
     * @param more settings of its own, as environment variables
     */
    PatchwayProcess node(String name, Map<String, String> more) throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of(
                "PATCHWAY_NODE_NAME",
                name,
                "PATCHWAY_REHEARSAL",
                "false",
                "PATCHWAY_DATABASE_URL",
                databaseUrl,
                "PATCHWAY_MAIL_SMTP_HOST",
                "127.0.0.1",
                "PATCHWAY_MAIL_SMTP_PORT",
                String.valueOf(mails.getSmtp().getPort()),
                "PATCHWAY_MAIL_SMTP_STARTTLS",
                "off"));
        settings.putAll(more);
        PatchwayProcess node = new PatchwayProcess(Files.createDirectories(folder.resolve(name)), settings);
        Files.copy(fleet.serversFile(), node.file("config/servers.yaml"), StandardCopyOption.REPLACE_EXISTING);
        nodes.add(node);
        return node;
    }

    /** Drops a request to patch these hosts into the inbox of a node, which need not be running. */
    void request(PatchwayProcess node, List<String> hosts) throws IOException {
        requests++;
        String servers = hosts.stream().map("\"%s\""::formatted).collect(Collectors.joining(", "));
        node.drop(
                "request-%d.json".formatted(requests),
                "{\"operation\": \"install\", \"servers\": [%s], \"notify\": [\"ops@example.com\"]}"
                        .formatted(servers));
    }

    /** Somebody else makes a request, such as a maintenance window. */
    void expectRequest() {
        requests++;
    }

    /** A Patchway has looked at this window before. */
    void knowsWindow(String name) {
        try (Database database = Database.open(DatabaseSettings.at(databaseUrl))) {
            new SqlWindowLedger(database).claimOpening(name, Instant.now(), "FIRST_SEEN");
        }
    }

    /** How many runs are in the hands of a node, by the ledger. */
    int claimsOf(String node) throws SQLException {
        try (Connection connection = DriverManager.getConnection(databaseUrl);
                PreparedStatement query = connection.prepareStatement(
                        "select count(*) from server_run where due_at is not null and leased_by = ?")) {
            query.setString(1, node);
            try (ResultSet count = query.executeQuery()) {
                count.next();
                return count.getInt(1);
            }
        }
    }

    int requests() {
        return requests;
    }

    /** Whether the verdict of every request has been mailed. */
    boolean isOver() {
        return ReceivedMail.all(mails).stream()
                        .filter(ReceivedMail::isVerdict)
                        .map(ReceivedMail::messageId)
                        .distinct()
                        .count()
                == requests;
    }

    /**
     * Waits until everything is over.
     *
     * @throws AssertionError when it takes longer, with what is still open and what the nodes said last
     */
    void awaitVerdicts(Duration longest) {
        try {
            await().atMost(longest).until(this::isOver);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("not over within " + longest + "; " + whatIsOpen(), e);
        }
    }

    private String whatIsOpen() {
        StringBuilder text = new StringBuilder();
        try (Connection connection = DriverManager.getConnection(databaseUrl)) {
            text.append(rows(connection, """
                select 'run on ' || server_id || ' ' || state || ' due ' || due_at || ' held by ' || leased_by
                from server_run where ended_at is null order by server_id
                """));
            text.append(rows(connection, """
                select 'mail ' || kind || ' ' || state || ' attempts ' || attempts || ' due ' || due_at
                    || ' held by ' || coalesce(leased_by, 'nobody') || ' ' || coalesce(remark, '')
                from outbox_entry order by created_at
                """));
        } catch (SQLException e) {
            text.append("the database does not tell: ").append(e.getMessage());
        }
        for (PatchwayProcess node : nodes) {
            List<String> lines = node.output().lines().toList();
            text.append("\nlast words of a node:\n  ")
                    .append(String.join("\n  ", lines.subList(Math.max(0, lines.size() - 40), lines.size())));
        }
        return text.toString();
    }

    private static String rows(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            StringBuilder text = new StringBuilder();
            while (rows.next()) {
                text.append(rows.getString(1)).append("; ");
            }
            return text.toString();
        }
    }

    /** What came of it, by the ledger, the hosts' own counts and the mail server. */
    DrillOutcome outcome() {
        try (Database database = Database.open(DatabaseSettings.at(databaseUrl))) {
            List<RequestReport> reports = new SqlRunLedger(database, "drill.example.com").newest(requests + 1);
            return DrillOutcome.of(reports, requests, fleet, ReceivedMail.all(mails));
        }
    }

    @Override
    public void close() throws IOException {
        for (PatchwayProcess node : nodes) {
            node.close();
        }
        fleet.close();
        mails.stop();
    }
}
