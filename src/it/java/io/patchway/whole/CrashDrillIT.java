package io.patchway.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.faults.Survives;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The short {@link CrashDrill}. It has the machine to itself, because it measures how soon work goes on. */
@Isolated
class CrashDrillIT {
    private static final int KILLS = 5;
    private static final int HOSTS = 20;

    @TempDir
    private Path folder;

    @Test
    @Survives(10)
    void nothingIsLostOrDoubledOnH2HoweverOftenPatchwayIsKilled() throws Exception {
        assertNothingLost(CrashDrill.run(folder, Drill.h2In(folder), KILLS, HOSTS, System.nanoTime()));
    }

    @Test
    @Survives(10)
    void nothingIsLostOrDoubledOnPostgresHoweverOftenPatchwayIsKilled() throws Exception {
        try (PostgresServer server = PostgresServer.start(folder.resolve("postgres"))) {
            assertNothingLost(
                    CrashDrill.run(folder, server.createDatabase("patchway"), KILLS, HOSTS, System.nanoTime()));
        }
    }

    private static void assertNothingLost(CrashFigures figures) {
        System.out.println(figures.text());
        assertThat(figures.outcome().losses()).as(figures.text()).isEmpty();
        assertThat(figures.outcome().repeatedInstalls()).as(figures.text()).isEmpty();
        assertThat(figures.outcome().repeatedReboots()).as(figures.text()).isEmpty();
        assertThat(figures.measured()).as(figures.text()).isNotEmpty();
        assertThat(figures.slowestSinceRunning()).as(figures.text()).isLessThan(Duration.ofSeconds(10));
    }
}
