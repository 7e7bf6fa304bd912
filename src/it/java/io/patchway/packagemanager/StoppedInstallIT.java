package io.patchway.packagemanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchway.hosts.HostKind;
import io.patchway.hosts.NeedsRealHosts;
import io.patchway.hosts.Scenario;
import io.patchway.patch.Patch;
import io.patchway.run.InstallPlan;
import io.patchway.run.InstallProgress;
import io.patchway.run.OperationId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a rollout asks of a server besides patching it, on a real host. */
@NeedsRealHosts
class StoppedInstallIT {
    @TempDir
    private Path folder;

    @Test
    void aStoppedInstallEndsTheTransactionUnderWayAndBeginsNoOther() {
        try (PatchedHost host = PatchedHost.start(HostKind.APT, "stopped", folder, Scenario.UPDATES)) {
            OperationId operation = new OperationId("stop-1");
            List<Patch> patches = host.scan().available();
            assertThat(patches).hasSizeGreaterThan(2);
            installOneByOne(host);
            host.access().startInstall(host.server(), operation, new InstallPlan(patches, List.of()));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> host.shell("cat /tmp/begun 2> /dev/null || true"), text -> !text.isBlank());

            host.access().stopInstall(host.server(), operation);
            host.shell("touch /tmp/go");

            InstallProgress.Ended ended = (InstallProgress.Ended) await().atMost(Duration.ofMinutes(1))
                    .until(() -> host.progress("stop-1"), InstallProgress.Ended.class::isInstance);
            assertThat(ended.exitCode()).isEqualTo(75);
            assertThat(ended.logTail()).contains("stopped as asked, between two transactions");
            assertThat(host.shell("dpkg --audit"))
                    .as("no package is half installed")
                    .isBlank();
            assertThat(host.scan().available())
                    .as("what was begun is installed, the rest is not")
                    .hasSize(patches.size() - 1);
        }
    }

    @Test
    void aHealthCommandIsToldAsItIsAndItsWordsAreNeverAShells() {
        try (PatchedHost host = PatchedHost.start(HostKind.APT, "health", folder)) {
            assertThat(health(host, "systemctl", "is-active", "ssh")).isEmpty();
            assertThat(health(host, "systemctl", "is-active", "nobody; touch /tmp/$(id -u)"))
                    .hasValueSatisfying(answer -> assertThat(answer)
                            .startsWith("the command ended with status")
                            .endsWith("inactive"));
            assertThat(host.shell("ls /tmp").lines()).doesNotContain("0");
            assertThat(host.access().checkHealth(host.server(), List.of("sleep", "60"), Duration.ofSeconds(2)))
                    .contains("the command took too long");
            assertThat(health(host, "no-such-program"))
                    .hasValueSatisfying(answer -> assertThat(answer).startsWith("the command ended with status 127"));
        }
    }

    private static Optional<String> health(PatchedHost host, String... command) {
        return host.access().checkHealth(host.server(), List.of(command), Duration.ofSeconds(30));
    }

    /** The plan as a whole fails; single packages wait until they are let go. */
    private static void installOneByOne(PatchedHost host) {
        host.shell("""
            cat > /usr/local/bin/apt-get << 'END'
            #!/bin/sh
            [ -e /tmp/failed ] || { : > /tmp/failed; exit 100; }
            echo begun >> /tmp/begun
            while [ ! -e /tmp/go ]; do sleep 0.1; done
            exec /usr/bin/apt-get "$@"
            END
            chmod 755 /usr/local/bin/apt-get
            """);
    }
}
