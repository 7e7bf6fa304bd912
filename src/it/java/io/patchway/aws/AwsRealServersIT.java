package io.patchway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchway.hosts.HostKind;
import io.patchway.hosts.NeedsRealHosts;
import io.patchway.hosts.RealHost;
import io.patchway.hosts.RealHosts;
import io.patchway.hosts.Scenario;
import io.patchway.whole.PatchwayProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecution;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecutionStatus;
import software.amazon.awssdk.services.ssm.model.PatchComplianceDataState;

/** What an AWS client writes into a baseline, and what is installed on real hosts then: dnf, apt and zypper at once. */
@NeedsRealHosts
@Execution(ExecutionMode.CONCURRENT)
class AwsRealServersIT {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    @Test
    void aWindowInstallsWhatTheBaselinesSayAfterTheirLastChangeAndNothingElse() throws Exception {
        try (RealHost dnf = RealHosts.start(HostKind.DNF, "aws-dnf", Scenario.UPDATES);
                RealHost apt = RealHosts.start(HostKind.APT, "aws-apt", Scenario.UPDATES);
                RealHost zypper = RealHosts.start(HostKind.ZYPPER, "aws-zypper", Scenario.UPDATES);
                PatchwayProcess patchway = patchway(List.of(dnf, apt, zypper));
                SsmClient client =
                        new KeyIssuer(patchway.start()).issue("administrator").client()) {
            List<HostBaseline> members =
                    Stream.of(dnf, apt, zypper).map(HostBaseline::of).toList();
            PatchedGroup group = new PatchedGroup(client);
            members.forEach(group::add);

            group.scan(members);
            assertThat(members)
                    .allSatisfy(member -> assertThat(group.packages(member, PatchComplianceDataState.MISSING))
                            .containsExactly("openssl"));

            members.forEach(group::widen);
            String window = group.windowThatInstalls();
            MaintenanceWindowExecution execution = await().atMost(LONG)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> group.execution(window), AwsRealServersIT::hasEnded)
                    .orElseThrow();

            assertThat(execution.status()).isEqualTo(MaintenanceWindowExecutionStatus.SUCCESS);
            assertThat(members).allSatisfy(HostBaseline::assertInstalled);
            assertThat(members).allSatisfy(member -> {
                assertThat(group.packages(member, PatchComplianceDataState.INSTALLED))
                        .contains("openssl");
                assertThat(group.packages(member, PatchComplianceDataState.MISSING))
                        .isEmpty();
                assertThat(group.packages(member, PatchComplianceDataState.FAILED))
                        .isEmpty();
            });
        }
    }

    private static boolean hasEnded(Optional<MaintenanceWindowExecution> execution) {
        return execution.filter(each -> each.endTime() != null).isPresent();
    }

    private PatchwayProcess patchway(List<RealHost> hosts) throws Exception {
        PatchwayProcess patchway = new PatchwayProcess(folder, Map.of("PATCHWAY_REHEARSAL", "false"));
        Files.writeString(
                patchway.file("config/known_hosts"),
                hosts.stream().map(RealHost::hostKeyLine).collect(Collectors.joining("\n", "", "\n")));
        Files.writeString(
                patchway.file("config/servers.yaml"),
                hosts.stream().map(AwsRealServersIT::entry).collect(Collectors.joining("", "servers:\n", "")));
        return patchway;
    }

    private static String entry(RealHost host) {
        return """
              - id: %s
                connection: {type: ssh, host: %s, port: %d, user: patch, privateKey: %s, knownHosts: config/known_hosts}
            """.formatted(host.name(), host.address(), host.port(), host.privateKey());
    }
}
