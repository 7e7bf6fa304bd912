package io.patchway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.config.document.Problem;
import io.patchway.run.Operation;
import io.patchway.run.machine.MachineCommand;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator may write about machines, and what is wrong with the rest. */
class MachinesFileTest {
    private static final Server WEB = new Server(
            new ServerId("web-01"),
            "web-01",
            Set.of("virtual"),
            Map.of(),
            Optional.empty(),
            false,
            new ConnectionSettings.Ssh(
                    "10.0.0.7", 22, "root", Path.of("key"), Optional.empty(), Path.of("known_hosts")));

    @TempDir
    Path folder;

    @Test
    void theFirstEntryThatFitsAndHasTheCommandCounts() throws Exception {
        ListedMachines machines = read("""
            machines:
              - servers: [db-01]
                commands: {powerOn: [/bin/wrong, "{server}"]}
              - servers: [web-01]
                commands: {powerOff: [/bin/off, "{host}"]}
                repeatable: true
              - groups: [virtual]
                commands:
                  powerOn: [/bin/vm, start, "{server}", --force, "{host}"]
                  powerOff: [/bin/other, "{server}"]
                deadline: 5m
            """).content();

        MachineCommand on = machines.find(WEB, Operation.POWER_ON).orElseThrow();
        assertThat(on.wordsFor(WEB, Optional.empty()))
                .containsExactly("/bin/vm", "start", "web-01", "--force", "10.0.0.7");
        assertThat(on.deadline()).isEqualTo(Duration.ofMinutes(5));
        assertThat(on.repeatable()).isFalse();
        MachineCommand off = machines.find(WEB, Operation.POWER_OFF).orElseThrow();
        assertThat(off.wordsFor(WEB, Optional.empty())).containsExactly("/bin/off", "10.0.0.7");
        assertThat(off.repeatable()).isTrue();
        assertThat(machines.find(WEB, Operation.RESET)).isEmpty();
    }

    @Test
    void whatIsWrongIsNamedWithItsLineAndField() throws Exception {
        assertThat(problems("""
            machines:
              - commands:
                  powerOn: [vm, start, "{server}"]
                  powerOff: [/bin/vm, "stop-{server}"]
                  reset: [/bin/vm, reset]
                  pause: [/bin/vm, "{server}", "{snapshot}"]
                  createSnapshot: [/bin/vm, "{server}", "{snapshot}"]
                  restoreSnapshot: [/bin/vm, "{server}"]
                  reboot: [/bin/vm, "{server}"]
                deadline: 2h
            """))
                .anySatisfy(problem -> assertThat(problem)
                        .contains(":2:", "machines[0].servers", "is missing; name servers or groups"))
                .anySatisfy(problem -> assertThat(problem).contains(":3:", "must begin with the path of a program"))
                .anySatisfy(problem -> assertThat(problem).contains(":4:", "as a whole argument"))
                .anySatisfy(problem -> assertThat(problem).contains(":5:", "must say which machine"))
                .anySatisfy(problem -> assertThat(problem).contains(":6:", "is not about a snapshot"))
                .anySatisfy(problem -> assertThat(problem).contains(":7:", "needs a deleteSnapshot beside it"))
                .anySatisfy(problem -> assertThat(problem).contains(":8:", "must name the snapshot"))
                .anySatisfy(problem -> assertThat(problem).contains(":9:", "reboot"))
                .anySatisfy(problem -> assertThat(problem).contains(":10:", "must be from 1s to 30m"));
    }

    @Test
    void noCommandOfABrokenFileIsTaken() throws Exception {
        Loaded<ListedMachines> loaded = read("""
            machines:
              - servers: [web-01]
                commands: {powerOn: [/bin/vm, "{server}"]}
              - servers: [web-01]
            """);

        assertThat(loaded.content().find(WEB, Operation.POWER_ON)).isEmpty();
        assertThat(loaded.problems()).isNotEmpty();
    }

    @Test
    void theFileThatPatchwayComesWithHasNoCommand() {
        Loaded<ListedMachines> shipped = new MachinesFile(Path.of("config/machines.yaml")).load();

        assertThat(shipped.problems()).isEmpty();
        assertThat(shipped.content().entries()).isEmpty();
    }

    private List<String> problems(String yaml) throws IOException {
        return read(yaml).problems().stream().map(Problem::toString).toList();
    }

    private Loaded<ListedMachines> read(String yaml) throws IOException {
        return new MachinesFile(Files.writeString(folder.resolve("machines.yaml"), yaml)).load();
    }
}
