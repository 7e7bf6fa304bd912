package io.patchway.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.patchway.connection.ConnectionLimits;
import io.patchway.connection.WinRmConnection;
import io.patchway.packagemanager.WindowsScripts;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunState;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerFault.Kind;
import io.patchway.server.ConnectionSettings.WinRm;
import io.patchway.server.ConnectionSettings.WinRm.Authentication;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Windows server over WinRM: a real HTTPS server that speaks the documented protocol, with a stand-in behind it. */
class WindowsOverWinRmTest {
    @TempDir
    private Path folder;

    private SimulatedWindows windows;
    private SimulatedWinRm winRm;
    private WindowsRun run;

    @BeforeEach
    void start() throws Exception {
        windows = new SimulatedWindows(List.of(
                List.of(
                        WindowsOverSshTest.ROLLUP,
                        WindowsOverSshTest.STACK,
                        WindowsOverSshTest.NET,
                        WindowsOverSshTest.TOOL),
                List.of(WindowsOverSshTest.LATER, WindowsOverSshTest.LAST)));
        winRm = new SimulatedWinRm(windows, folder);
        run = new WindowsRun(settings("localhost", Optional.of(winRm.certificate())));
    }

    @AfterEach
    void stop() {
        run.close();
        winRm.close();
    }

    private WinRm settings(String host, Optional<Path> trusted) {
        return new WinRm(
                host, winRm.port(), SimulatedWinRm.USER, winRm.passwordFile(), true, Authentication.BASIC, trusted);
    }

    @Test
    void fourThenTwoThenNoUpdatesAreThreeLooksTwoInstallsAndTwoReboots() {
        RunReport report = run.patch();

        assertThat(report.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(windows.installs()).isEqualTo(2);
        assertThat(windows.reboots()).isEqualTo(2);
        assertThat(winRm.openShells()).isZero();
        assertThat(winRm.actions().subList(0, 3)).containsExactly("Create", "Command", "Receive");
        assertThat(winRm.actions()).endsWith("Signal", "Delete");
    }

    @Test
    void theCommandLineIsOneConstantAndArgumentsAreData() {
        String hostile = "'; Remove-Item C:\\ #`\"$(whoami)\n\u00e4 <&>,";
        run.access().checkHealth(run.server(), List.of("cmd.exe", hostile), Duration.ofSeconds(5));
        run.access().bootId(run.server());

        assertThat(winRm.commands()).hasSize(1);
        assertThat(ReceivedFeed.bootstrap(winRm.commands().iterator().next())).contains("env:PATCHWAY_FEED_$i");
        assertThat(windows.received().getFirst().arguments()).containsExactly("5", "cmd.exe", hostile);
    }

    @Test
    void aWrongPasswordIsARefusedLogin() throws Exception {
        Files.writeString(winRm.passwordFile(), "wrong\n");

        assertThatThrownBy(() -> run.access().bootId(run.server()))
                .asInstanceOf(type(ServerFault.class))
                .satisfies(fault -> {
                    assertThat(fault.kind()).isEqualTo(Kind.LOGIN_REFUSED);
                    assertThat(fault)
                            .hasMessageContaining("the login was refused")
                            .hasMessageNotContaining("wrong");
                });
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefusedAndNothingIsSent() {
        try (WindowsRun other = new WindowsRun(settings("localhost", Optional.empty()))) {
            assertKind(other, Kind.HOST_KEY_UNKNOWN);
        }
        assertThat(winRm.actions()).isEmpty();
    }

    @Test
    void aCertificateForAnotherNameIsRefused() {
        try (WindowsRun other = new WindowsRun(settings("127.0.0.1", Optional.of(winRm.certificate())))) {
            assertKind(other, Kind.HOST_KEY_UNKNOWN);
        }
        assertThat(winRm.actions()).isEmpty();
    }

    @Test
    void faultsOfTheServiceAreToldApart() {
        winRm.refuseShells("5");
        assertKind(run, Kind.NOT_PERMITTED);
        winRm.refuseShells("2150859173");
        assertThatThrownBy(() -> run.access().bootId(run.server()))
                .asInstanceOf(type(ServerFault.class))
                .satisfies(fault -> {
                    assertThat(fault.kind()).isEqualTo(Kind.UNREACHABLE);
                    assertThat(fault).hasMessageContaining("2150859173");
                });
    }

    @Test
    void aCommandThatNeverEndsIsLeftAtItsDeadlineAndItsShellDeleted() {
        winRm.neverEnd();
        try (WinRmConnection connection = new WinRmConnection()) {
            assertThatThrownBy(() ->
                            connection.run(run.server(), WindowsScripts.BOOT_ID, List.of(), Duration.ofSeconds(2)))
                    .asInstanceOf(type(ServerFault.class))
                    .satisfies(fault -> assertThat(fault).hasMessageContaining("did not end within 2 s"));
        }
        assertThat(winRm.openShells()).isZero();
    }

    @Test
    void noThreadOutlivesItsClient() {
        Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());
        for (int client = 0; client < 3; client++) {
            try (WinRmConnection connection = new WinRmConnection()) {
                connection.run(run.server(), WindowsScripts.BOOT_ID, List.of(), Duration.ofSeconds(20));
                assertThat(transportThreads(before)).isNotEmpty();
            }
        }

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(transportThreads(before)).isEmpty());
    }

    /** Those of the HTTP client that was started since. */
    private static List<String> transportThreads(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread -> thread.getName().startsWith("I/O dispatcher")
                        || thread.getClass().getName().startsWith("org.apache.cxf."))
                .map(Thread::getName)
                .toList();
    }

    @Test
    void aConnectionThatBreaksOffIsNoAnswer() {
        winRm.breakOff();
        assertKind(run, Kind.UNREACHABLE);
    }

    @Test
    void moreOutputThanAnyRealOneIsNotBelieved() {
        ConnectionLimits tight = new ConnectionLimits(Duration.ofSeconds(10), Duration.ofSeconds(10), 4, 1_000, 1_000);
        try (WindowsRun other = new WindowsRun(settings("localhost", Optional.of(winRm.certificate())), tight)) {
            assertThatThrownBy(() -> other.access().scan(other.server(), true))
                    .isInstanceOf(ServerFault.class)
                    .hasMessageContaining("was cut");
        }
    }

    @Test
    void anUnusablePasswordFileIsNamed() throws Exception {
        Files.delete(winRm.passwordFile());
        assertKind(run, Kind.CONFIGURATION);
    }

    private static void assertKind(WindowsRun run, Kind kind) {
        assertThatThrownBy(() -> run.access().bootId(run.server()))
                .asInstanceOf(type(ServerFault.class))
                .extracting(ServerFault::kind)
                .isEqualTo(kind);
    }
}
