package io.patchway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.run.OperationId;
import io.patchway.run.machine.CommandEnding;
import io.patchway.run.machine.CommandEnding.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands run without a shell, and not for ever. */
class LocalCommandRunnerTest {
    private static final OperationId OPERATION = new OperationId("run-poweron");
    private static final Duration LONG = Duration.ofSeconds(30);

    private final LocalCommandRunner runner = new LocalCommandRunner();

    @Test
    void itGetsItsArgumentsAsTheyAreAndWhatItBelongsTo() {
        CommandEnding ending = runner.run(
                List.of("/bin/sh", "-c", "echo \"$PATCHWAY_OPERATION $1\"; echo oh >&2; exit 3", "sh", "$(id) 'x'"),
                OPERATION,
                LONG);

        assertThat(ending.kind()).isEqualTo(Kind.ENDED);
        assertThat(ending.status()).isEqualTo(3);
        assertThat(ending.output()).isEqualTo("run-poweron $(id) 'x'\noh\n");
    }

    @Test
    void aProgramThatIsNotThereIsNotStarted() {
        CommandEnding ending = runner.run(List.of("/no/such/program"), OPERATION, LONG);

        assertThat(ending.kind()).isEqualTo(Kind.NOT_STARTED);
        assertThat(ending.output()).contains("/no/such/program");
    }

    @Test
    void atItsDeadlineItIsKilledWithItsChildren(@TempDir Path folder) throws Exception {
        Path mark = folder.resolve("mark");

        CommandEnding ending = runner.run(
                List.of("/bin/sh", "-c", "(sleep 3; touch \"$1\") & sleep 60", "sh", mark.toString()),
                OPERATION,
                Duration.ofSeconds(1));

        assertThat(ending.kind()).isEqualTo(Kind.TIMED_OUT);
        Thread.sleep(Duration.ofSeconds(3));
        assertThat(Files.exists(mark)).isFalse();
    }

    @Test
    void whatItLeavesRunningIsNotWaitedFor() {
        Instant start = Instant.now();

        CommandEnding ending = runner.run(List.of("/bin/sh", "-c", "sleep 20 & echo started"), OPERATION, LONG);

        assertThat(ending.well()).isTrue();
        assertThat(ending.output()).isEqualTo("started\n");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void aFloodOfOutputIsCutOff() {
        CommandEnding ending =
                runner.run(List.of("/bin/sh", "-c", "head -c 5000000 /dev/zero | tr '\\0' x"), OPERATION, LONG);

        assertThat(ending.well()).isTrue();
        assertThat(ending.output()).hasSizeLessThanOrEqualTo(64 << 10);
    }
}
