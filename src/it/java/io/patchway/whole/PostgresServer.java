package io.patchway.whole;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A real PostgreSQL server that can be stopped and started again with what it holds. */
final class PostgresServer implements AutoCloseable {
    private final Path data;
    private final int port;
    private EmbeddedPostgres server;

    private PostgresServer(Path data, int port) {
        this.data = data;
        this.port = port;
    }

    /** @param data folder for its files, created when missing */
    static PostgresServer start(Path data) throws IOException {
        PostgresServer started = new PostgresServer(data, FreePort.find());
        started.startAgain();
        return started;
    }

    /** Makes a database; returns its JDBC URL. */
    String createDatabase(String name) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return server.getJdbcUrl("postgres", name);
    }

    /** Ends the server; whoever is connected is cut off. */
    void stop() throws IOException {
        server.close();
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.notExists(data.resolve("postmaster.pid")));
    }

    /** Starts the server on the same port with the same data. */
    void startAgain() throws IOException {
        server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(Duration.ofMinutes(2))
                .start();
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
