package io.patchway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patchway.baseline.PatchSource;
import io.patchway.connection.ConnectionLimits;
import io.patchway.connection.Script;
import io.patchway.connection.SshConnection;
import io.patchway.packagemanager.PackageManagerAccess;
import io.patchway.patch.Patch;
import io.patchway.run.InstallPlan;
import io.patchway.run.InstallProgress;
import io.patchway.run.InstallProgress.Ended;
import io.patchway.run.InstallProgress.Meaning;
import io.patchway.run.OperationId;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerFault.Kind;
import io.patchway.scan.ScanResult;
import io.patchway.server.ConnectionSettings.Ssh;
import io.patchway.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalFleetTest {
    private static final SimulatedHost.Pace QUICK =
            new SimulatedHost.Pace(Duration.ofMillis(50), Duration.ofMillis(300), Duration.ofMillis(400));
    private static final SimulatedHost.Pace SLOW_INSTALLS =
            new SimulatedHost.Pace(Duration.ofMinutes(1), QUICK.shutdown(), QUICK.dark());

    @TempDir
    Path directory;

    private RehearsalFleet fleet;
    private SshConnection connection;
    private PackageManagerAccess access;

    @BeforeEach
    void start() throws IOException {
        fleet = RehearsalFleet.start(directory, QUICK);
        connection = new SshConnection(ConnectionLimits.DEFAULT);
        access = new PackageManagerAccess(connection, Clock.systemUTC());
    }

    @AfterEach
    void stop() throws IOException {
        connection.close();
        fleet.close();
    }

    @Test
    void thePlainHostIsUpToDateAfterOneRoundWithoutReboot() {
        Server host = server("rehearsal-plain");
        ScanResult before = access.scan(host, true);

        assertThat(before.host().osName()).contains("simulated");
        assertThat(before.host().osId()).isEqualTo("rocky");
        assertThat(before.available())
                .hasSize(6)
                .allSatisfy(patch -> assertThat(patch.installed())
                        .hasValueSatisfying(installed ->
                                assertThat(patch.version().newerThan(installed)).isTrue()));
        assertThat(patch(before, "curl").allCves()).containsExactly("CVE-2023-38545");
        assertThat(patch(before, "curl").advisories().getFirst().date()).isPresent();

        assertThat(install(host, before, "one-1").meaning()).isEqualTo(Meaning.DONE);

        ScanResult after = access.scan(host, true);
        assertThat(after.available()).isEmpty();
        assertThat(after.rebootNeeded()).isFalse();
        assertThat(fleet.installs(host.id())).isEqualTo(1);
        assertThat(fleet.reboots(host.id())).isZero();
    }

    @Test
    void theHostOfThreeRoundsNeedsTwoReboots() {
        Server host = server("rehearsal-three-rounds");

        for (int round = 1; round <= 3; round++) {
            ScanResult scan = access.scan(host, true);
            assertThat(scan.available()).as("round " + round).isNotEmpty();
            assertThat(install(host, scan, "run-" + round).meaning()).isEqualTo(Meaning.DONE);
            ScanResult installed = access.scan(host, true);
            assertThat(installed.rebootNeeded()).as("round " + round).isEqualTo(round < 3);
            if (installed.rebootNeeded()) {
                reboot(host, "run-" + round);
            }
        }

        assertThat(access.scan(host, true).available()).isEmpty();
        assertThat(fleet.installs(host.id())).isEqualTo(3);
        assertThat(fleet.reboots(host.id())).isEqualTo(2);
    }

    @Test
    void theFailingHostInstallsEverythingButOnePackage() {
        Server host = server("rehearsal-failing");

        Ended ended = install(host, access.scan(host, true), "one-1");

        assertThat(ended.meaning()).isEqualTo(Meaning.FAILED);
        assertThat(ended.logTail()).contains("httpd", "scriptlet failed");
        assertThat(access.scan(host, true).available())
                .extracting(patch -> patch.key().name())
                .containsExactly("httpd");
    }

    @Test
    void theSlowHostStaysDarkFourTimesAsLong() {
        Server host = server("rehearsal-slow-return");
        install(host, access.scan(host, true), "one-1");
        long begin = System.nanoTime();

        reboot(host, "one-1");

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isGreaterThan(QUICK.dark().multipliedBy(4));
        assertThat(access.scan(host, true).available()).isEmpty();
    }

    @Test
    void aHostAnswersWhoeverComesWithSourcesOfABaseline() {
        Server host = server("rehearsal-plain");
        List<PatchSource> sources = List.of(new PatchSource("mirror", List.of("*"), "[mirror]\nbaseurl=http://x"));
        ScanResult scan = access.scan(host, true, sources);
        assertThat(access.hostFacts(host).osId()).isEqualTo(scan.host().osId());

        access.startInstall(host, new OperationId("one-1"), new InstallPlan(scan.available(), List.of(), sources));

        assertThat(fleet.installs(host.id())).isEqualTo(1);
    }

    @Test
    void anInstallIsStartedOnceWhateverIsAskedTwice() throws IOException {
        try (RehearsalFleet slow = RehearsalFleet.start(directory, SLOW_INSTALLS)) {
            Server host = slow.servers().getFirst();
            ScanResult scan = access.scan(host, true);
            OperationId operation = new OperationId("one-1");

            assertThat(access.installProgress(host, operation)).isInstanceOf(InstallProgress.NotStarted.class);
            access.startInstall(host, operation, new InstallPlan(scan.available(), List.of()));
            assertThat(access.installProgress(host, operation)).isInstanceOf(InstallProgress.Working.class);
            access.startInstall(host, operation, new InstallPlan(scan.available(), List.of()));

            assertThat(slow.installs(host.id())).isEqualTo(1);
        }
    }

    @Test
    void aRebootInTheMiddleOfAnInstallInterruptsIt() throws IOException {
        try (RehearsalFleet slow = RehearsalFleet.start(directory, SLOW_INSTALLS)) {
            Server host = slow.servers().getFirst();
            OperationId operation = new OperationId("one-1");
            access.startInstall(
                    host, operation, new InstallPlan(access.scan(host, true).available(), List.of()));

            reboot(host, "one-1");

            assertThat(access.installProgress(host, operation)).isInstanceOf(InstallProgress.Interrupted.class);
            assertThat(access.scan(host, true).available()).hasSize(6);
        }
    }

    @Test
    void aHostRebootsOnceInABootAndNotForAnotherBoot() {
        Server host = server("rehearsal-plain");
        String boot = access.precheck(host).bootId();

        access.reboot(host, new OperationId("one-1"), "00000000-0000-0000-0000-000000000000");
        access.reboot(host, new OperationId("one-1"), boot);
        orderOnceMore(host, boot);
        awaitOtherBoot(host, boot);

        assertThat(fleet.reboots(host.id())).isEqualTo(1);
    }

    @Test
    void aHostThatIsDownIsUnreachable() throws IOException {
        SimulatedHost.Pace longDark = new SimulatedHost.Pace(QUICK.install(), QUICK.shutdown(), Duration.ofMinutes(1));
        try (RehearsalFleet dark = RehearsalFleet.start(directory, longDark)) {
            Server host = dark.servers().getFirst();
            access.reboot(host, new OperationId("one-1"), access.bootId(host));

            await().until(() -> dark.reboots(host.id()) == 1);

            assertThatThrownBy(() -> access.bootId(host))
                    .isInstanceOfSatisfying(
                            ServerFault.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.UNREACHABLE));
        }
    }

    @Test
    void anotherScriptIsNotRun() {
        Script foreign = new Script("foreign", "touch /tmp/pwned", false);

        var output = connection.run(server("rehearsal-plain"), foreign, List.of("a"), Duration.ofSeconds(10));

        assertThat(output.exitCode()).hasValue(127);
        assertThat(output.stderr()).contains("Patchway's own scripts");
    }

    @Test
    void itsFilesAreTheOwnersAloneAndTheKeysStay() throws IOException {
        try (var files = Files.list(directory)) {
            assertThat(files)
                    .hasSize(6)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
        Path login = ((Ssh) server("rehearsal-plain").connection()).privateKey();
        String key = Files.readString(login);

        try (RehearsalFleet second = RehearsalFleet.start(directory, QUICK)) {
            assertThat(login).hasContent(key);
            assertThat(access.bootId(second.servers().getFirst())).isNotBlank();
        }
    }

    private Server server(String name) {
        return fleet.servers().stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Patch patch(ScanResult scan, String name) {
        return scan.available().stream()
                .filter(patch -> patch.key().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Ended install(Server host, ScanResult scan, String operation) {
        OperationId id = new OperationId(operation);
        access.startInstall(host, id, new InstallPlan(scan.available(), List.of()));
        return (Ended) await().until(() -> access.installProgress(host, id), Ended.class::isInstance);
    }

    private void reboot(Server host, String operation) {
        String boot = access.bootId(host);
        access.reboot(host, new OperationId(operation), boot);
        awaitOtherBoot(host, boot);
    }

    /** The host may be down already. */
    private void orderOnceMore(Server host, String boot) {
        try {
            access.reboot(host, new OperationId("one-1"), boot);
        } catch (ServerFault fault) {
            assertThat(fault.kind()).as(fault.getMessage()).isEqualTo(Kind.UNREACHABLE);
        }
    }

    private void awaitOtherBoot(Server host, String boot) {
        await().until(() -> bootId(host).filter(now -> !now.equals(boot)).isPresent());
    }

    private Optional<String> bootId(Server host) {
        try {
            return Optional.of(access.bootId(host));
        } catch (ServerFault fault) {
            assertThat(fault.kind().passing()).as(fault.getMessage()).isTrue();
            return Optional.empty();
        }
    }
}
