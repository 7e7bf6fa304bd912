package io.patchway.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patchway.faults.Survives;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerFault.Kind;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalConnectionTest {
    private static final Server THIS_MACHINE = new Server(
            new ServerId("here"), "here", Set.of(), Map.of(), Optional.empty(), true, new ConnectionSettings.Local());
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final LocalConnection connection = new LocalConnection();

    @Test
    void exitCodeAndBothStreamsComeBack() {
        ScriptOutput output = run("echo out; echo err >&2; exit 3");

        assertThat(output.exitCode()).hasValue(3);
        assertThat(output.stdout()).isEqualTo("out\n");
        assertThat(output.stderr()).isEqualTo("err\n");
        assertThat(output.truncated()).isFalse();
    }

    @Test
    @Survives(24)
    void hostileArgumentsArriveAsData() {
        List<String> arguments = List.of("; id", "$(id)", "two\nlines", "-rf", "it's", "");

        String printed = run("printf '%s|' \"$@\"", arguments).stdout();

        assertThat(printed).isEqualTo(String.join("|", arguments) + "|");
    }

    @Test
    void aNulInAnArgumentIsRefused() {
        assertThatThrownBy(() -> run("true", List.of("a\0b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NUL");
    }

    @Test
    void aScriptLongerThanAPipeIsFedWhole() {
        assertThat(run("# " + "x".repeat(300_000) + "\necho end").stdout()).isEqualTo("end\n");
    }

    @Test
    void aFloodOfOutputIsCut() {
        ScriptOutput output = run("head -c 20000000 /dev/zero");

        assertThat(output.exitCode()).hasValue(0);
        assertThat(output.truncated()).isTrue();
        assertThat(output.stdout()).hasSize(ConnectionLimits.DEFAULT.stdoutBytes());
    }

    @Test
    @Survives(22)
    void aKilledShellHasNoExitCode() {
        assertThat(run("kill -KILL $$").exitCode()).isEmpty();
    }

    @Test
    void theDeadlineKillsTheWholeTree(@TempDir Path directory) {
        Path child = directory.resolve("child");
        Script script = new Script("sleeper", "sleep 60 & echo $! >\"$1\"; wait", false);

        assertThatThrownBy(() -> connection.run(THIS_MACHINE, script, List.of(child.toString()), Duration.ofSeconds(3)))
                .isInstanceOfSatisfying(
                        ServerFault.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.UNREACHABLE))
                .hasMessageContaining("here")
                .hasMessageContaining("sleeper did not end within 3 s");

        await().until(() -> ProcessHandle.of(
                        Long.parseLong(Files.readString(child).strip()))
                .map(process -> !process.isAlive())
                .orElse(true));
    }

    private ScriptOutput run(String text) {
        return run(text, List.of());
    }

    private ScriptOutput run(String text, List<String> arguments) {
        return connection.run(THIS_MACHINE, new Script("probe", text, false), arguments, PATIENCE);
    }
}
