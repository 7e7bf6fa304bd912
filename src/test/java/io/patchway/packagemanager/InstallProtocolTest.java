package io.patchway.packagemanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.patchway.baseline.PatchSource;
import io.patchway.connection.ScriptOutput;
import io.patchway.faults.Survives;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import io.patchway.run.Hook;
import io.patchway.run.HookOccasion;
import io.patchway.run.HookResult;
import io.patchway.run.InstallPlan;
import io.patchway.run.InstallProgress;
import io.patchway.run.InstallProgress.Meaning;
import io.patchway.run.OperationId;
import io.patchway.run.RebootProgress;
import io.patchway.run.ServerFault;
import io.patchway.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The install and reboot scripts in a real shell, with made-up package managers. */
class InstallProtocolTest {
    /** Installs each package it is told to, but refuses a transaction that has a package called bad. */
    private static final String DNF = """
        [ "$1" = --version ] && echo 4.14.0 && exit 0
        echo "$@" >> "$HOST/calls"
        case "$*" in *bad-*) echo "Error: Transaction failed"; exit 1 ;; esac
        for word in "$@"; do case $word in *-0:1-1.noarch) echo "${word%-0:1-1.noarch}" >> "$HOST/installed" ;; esac; done
        """;

    private static final String RPM = """
        for last in "$@"; do :; done
        grep -qsx "${last%.noarch}" "$HOST/installed" && echo 0:1-1
        """;

    private static final Server SERVER = Answers.SERVER;

    @TempDir
    private Path folder;

    private FakeHost host;
    private PackageManagerAccess access;

    @BeforeEach
    void setUp() {
        host = new FakeHost(folder);
        host.program("dnf", DNF);
        host.program("rpm", RPM);
        access = new PackageManagerAccess(host, Clock.systemUTC());
    }

    @Test
    @Survives(42)
    void thePrecheckKnowsTheMachineThatPatchwayRunsOnByItsBootId() throws IOException {
        assertThat(access.precheck(SERVER).own()).isTrue();
        assertThat(access.precheck(SERVER).bootId())
                .isEqualTo(Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                        .strip());
    }

    @Test
    void installsThePlanInOneTransaction() {
        InstallProgress.Ended ended = install("plan-1", "one", "two");

        assertThat(ended.meaning()).isEqualTo(Meaning.DONE);
        assertThat(host.lines("installed")).containsExactly("one", "two");
        assertThat(host.lines("calls"))
                .hasSize(1)
                .first()
                .asString()
                .contains("upgrade one-0:1-1.noarch two-0:1-1.noarch");
    }

    @Test
    void blockedPatternsReachThePackageManagerAsTheyAreAlthoughFilesOfThatNameLieAround() {
        InstallPlan blocking = new InstallPlan(plan("one").patches(), List.of("p*", "l*", "*"));
        access.startInstall(SERVER, new OperationId("block-1"), blocking);
        ended("block-1");

        assertThat(host.lines("calls")).first().asString().contains("p*", "l*").doesNotContain("plan", "log");
    }

    @Test
    void anInstallHasEndedAlthoughAScriptletLeftADaemonBehind() {
        host.program("dnf", DNF + "\nsleep 30 &\n");
        access.startInstall(SERVER, new OperationId("daemon-1"), plan("one"));

        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        access.installProgress(SERVER, new OperationId("daemon-1")) instanceof InstallProgress.Ended);
    }

    @Test
    void installsTheOthersOneByOneWhenOnePackageSinksTheTransaction() {
        InstallProgress.Ended ended = install("sink-1", "one", "bad", "two");

        assertThat(ended).extracting(InstallProgress.Ended::exitCode).isEqualTo(1);
        assertThat(ended.meaning()).isEqualTo(Meaning.FAILED);
        assertThat(ended.logTail()).contains("one by one", "patchway: bad 1-1");
        assertThat(host.lines("installed")).containsExactly("one", "two");
    }

    @Test
    void endsWithSuccessWhenThePlanIsThereInTheEnd() {
        host.program("dnf", DNF.replace("*bad-*)", "*one-*two-*)"));

        assertThat(install("retry-1", "one", "two").meaning()).isEqualTo(Meaning.DONE);
    }

    @Test
    void givesUpAfterFiveFailuresInARow() {
        install(
                "five-1",
                IntStream.range(0, 20).mapToObj(number -> "bad-" + number).toArray(String[]::new));

        assertThat(host.lines("calls")).hasSize(6);
    }

    @Test
    @Survives(5)
    void doesNotTryOneByOneWhenSomebodyElseHoldsTheLock() {
        host.program("dnf", DNF.replace("exit 1", "exit 200"));

        assertThat(install("lock-1", "one", "bad").meaning()).isEqualTo(Meaning.LOCKED);
        assertThat(host.lines("calls")).hasSize(1);
    }

    @Test
    void runsOnceHoweverManyStartItAtTheSameTime() {
        OperationId operation = new OperationId("race-1");
        InstallPlan plan = plan("one");

        List<Thread> starters = IntStream.range(0, 8)
                .mapToObj(number -> Thread.ofVirtual().start(() -> access.startInstall(SERVER, operation, plan)))
                .toList();

        await().until(() -> starters.stream().noneMatch(Thread::isAlive));
        await().until(() -> access.installProgress(SERVER, operation), InstallProgress.Ended.class::isInstance);
        assertThat(host.lines("calls")).hasSize(1);
    }

    @Test
    @Survives(23)
    void keepsAFloodedLogSmallAndStillTellsTheEnd() {
        host.program("dnf", DNF + "\nhead -c 30000000 /dev/urandom");

        InstallProgress.Ended ended = install("flood-1", "one");

        assertThat(ended.meaning()).isEqualTo(Meaning.DONE);
        assertThat(ended.logTail().length()).isLessThan(64 << 10);
        assertThat(ended.logTail().chars()).noneMatch(one -> Character.isISOControl(one) && one != '\n' && one != '\t');
        assertThat(folder.resolve("var/runs/flood-1/log"))
                .satisfies(log -> assertThat(log.toFile().length()).isLessThanOrEqualTo(8 << 20));
    }

    @Test
    void tellsAWorkerThatWorksFromOneThatIsGone() {
        host.program("dnf", DNF + "\necho begun > $HOST/begun; exec sleep 300");
        OperationId operation = new OperationId("gone-1");
        assertThat(access.installProgress(SERVER, operation)).isEqualTo(new InstallProgress.NotStarted());

        access.startInstall(SERVER, operation, plan("one"));
        await().until(() -> !host.lines("begun").isEmpty());
        assertThat(access.installProgress(SERVER, operation)).isInstanceOf(InstallProgress.Working.class);

        killWithItsChildren(host.lines("var/runs/gone-1/started").getFirst().split(" ")[0]);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> access.installProgress(SERVER, operation), InstallProgress.Interrupted.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a;id", "", "-a", "A", "a b", "$(id)"})
    @Survives(24)
    void refusesAnOperationThatIsNoName(String operation) {
        for (var script : List.of(Scripts.INSTALL_START, Scripts.INSTALL_PROGRESS)) {
            ScriptOutput output = host.run(SERVER, script, List.of(operation), Duration.ofSeconds(30));

            assertThat(output.stdout()).contains("fault\tBAD_ANSWER");
        }
        assertThat(folder.resolve("var")).doesNotExist();
    }

    @Test
    void sourcesTakeThePlaceOfTheHostsOwnRepositories() throws IOException {
        String mirror = "[mirror]\nbaseurl=http://x/$basearch\n# it's $(ours)\n";
        InstallPlan plan = new InstallPlan(
                plan("one").patches(), List.of(), List.of(new PatchSource("mirror", List.of("*"), mirror)));
        access.startInstall(SERVER, new OperationId("source-1"), plan);

        assertThat(ended("source-1").meaning()).isEqualTo(Meaning.DONE);
        Path repositories = folder.resolve("var/runs/source-1/sources/repositories");
        assertThat(repositories.resolve("11-mirror.repo")).content().isEqualTo(mirror + "\n");
        assertThat(Files.getPosixFilePermissions(repositories)).hasToString("[OWNER_READ, OWNER_WRITE, OWNER_EXECUTE]");
        assertThat(host.lines("calls"))
                .hasSize(1)
                .first()
                .asString()
                .contains("--setopt=reposdir=" + repositories, "--setopt=cachedir=" + folder.resolve("cache"));
    }

    @Test
    void hooksRunAroundThePackagesEachOnceHoweverManyStartThem() {
        InstallPlan plan = plan("one")
                .with(Map.of(
                        HookOccasion.PRE_INSTALL, hook("drain", "echo drain >> calls; echo \"it's $(id -u)\""),
                        HookOccasion.POST_INSTALL, hook("warm-up", "echo warm >> calls; exit 7")));
        OperationId operation = new OperationId("hooks-1");
        List<Thread> starters = IntStream.range(0, 8)
                .mapToObj(number -> Thread.ofVirtual().start(() -> access.startInstall(SERVER, operation, plan)))
                .toList();
        await().until(() -> starters.stream().noneMatch(Thread::isAlive));

        InstallProgress.Ended ended = ended("hooks-1");

        assertThat(ended.meaning()).isEqualTo(Meaning.DONE);
        assertThat(ended.hooks())
                .containsExactly(
                        new HookResult(HookOccasion.PRE_INSTALL, Optional.of(0), "it's 0"),
                        new HookResult(HookOccasion.POST_INSTALL, Optional.of(7), ""));
        assertThat(ended.logTail()).contains("hook warm-up (post-install) ended with status 7");
        assertThat(host.lines("calls"))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("drain"),
                        second -> assertThat(second).contains("upgrade one"),
                        third -> assertThat(third).isEqualTo("warm"));
    }

    @Test
    void aFailedHookBeforeTheInstallKeepsThePackageManagerAway() {
        InstallPlan plan = plan("one")
                .with(Map.of(
                        HookOccasion.PRE_INSTALL, hook("drain", "exit 200"),
                        HookOccasion.POST_INSTALL, hook("warm", "echo warm >> calls")));
        access.startInstall(SERVER, new OperationId("hooks-2"), plan);

        assertThat(ended("hooks-2").hooks())
                .containsExactly(new HookResult(HookOccasion.PRE_INSTALL, Optional.of(200), ""));
        assertThat(host.lines("calls")).isEmpty();
    }

    @Test
    void theHookAfterTheInstallHasNoOccasionWhenNothingWasInstalled() {
        InstallPlan plan = plan("bad").with(Map.of(HookOccasion.POST_INSTALL, hook("warm", "echo warm >> calls")));
        access.startInstall(SERVER, new OperationId("hooks-3"), plan);

        assertThat(ended("hooks-3").hooks()).isEmpty();
        assertThat(host.lines("calls")).doesNotContain("warm");
    }

    @Test
    void theHookForTheEndRunsByItselfAndHasEndedAlthoughItLeftADaemonBehind() {
        InstallPlan plan = InstallPlan.ofHook(HookOccasion.ON_EXIT, hook("rejoin", "echo back; sleep 30 & exit 5"));
        access.startInstall(SERVER, new OperationId("run-exit"), plan);

        InstallProgress.Ended ended = (InstallProgress.Ended) await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> access.installProgress(SERVER, new OperationId("run-exit")),
                        InstallProgress.Ended.class::isInstance);

        assertThat(ended.hooks()).containsExactly(new HookResult(HookOccasion.ON_EXIT, Optional.of(5), "back"));
        assertThat(host.lines("calls")).isEmpty();
    }

    @Test
    void aHookThatWasCutOffIsToldFromOneThatEnded() {
        host.program("linger", "echo begun >> $HOST/begun; exec sleep 300");
        InstallPlan plan = plan("one").with(Map.of(HookOccasion.PRE_INSTALL, hook("drain", "exec linger")));
        OperationId operation = new OperationId("hooks-4");
        access.startInstall(SERVER, operation, plan);
        await().until(() -> !host.lines("begun").isEmpty());

        killWithItsChildren(host.lines("var/runs/hooks-4/started").getFirst().split(" ")[0]);

        InstallProgress.Interrupted cutOff = (InstallProgress.Interrupted) await().atMost(Duration.ofSeconds(10))
                .until(() -> access.installProgress(SERVER, operation), InstallProgress.Interrupted.class::isInstance);
        assertThat(cutOff.hooks()).containsExactly(new HookResult(HookOccasion.PRE_INSTALL, Optional.empty(), ""));
        access.startInstall(SERVER, operation, plan);
        assertThat(host.lines("begun")).hasSize(1);
        assertThat(host.lines("calls")).isEmpty();
    }

    private Hook hook(String name, String script) {
        return new Hook(name, "cd '" + folder + "'\n" + script + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "source:../x=aGVsbG8=",
                "source:own=$(id)",
                "source:own",
                "source:=aGVsbG8=",
                "source:own=a b",
                "hook:pre-install:../x=aGVsbG8=",
                "hook:pre-install:own=$(id)",
                "hook:pre-install"
            })
    @Survives(24)
    void noSourceAndNoHookThatIsNoPlainWordIsWrittenAnywhere(String word) {
        host.run(
                SERVER,
                Scripts.INSTALL_START,
                List.of("strange-2", word, "upgrade:one=1-1=noarch"),
                Duration.ofSeconds(30));

        assertThat(ended("strange-2").exitCode()).isEqualTo(64);
        assertThat(host.lines("calls")).isEmpty();
    }

    @Test
    @Survives(24)
    void neverLetsThePackageManagerSeeAPlanWithStrangeCharacters() {
        List<String> words =
                List.of("strange-1", "upgrade:one=1-1=noarch", "upgrade:$(touch " + folder + "/owned)=1=noarch");
        host.run(SERVER, Scripts.INSTALL_START, words, Duration.ofSeconds(30));

        assertThat(ended("strange-1").exitCode()).isEqualTo(64);
        assertThat(host.lines("calls")).isEmpty();
        assertThat(folder.resolve("owned")).doesNotExist();
    }

    @Test
    void refusesToInstallOnAServerThatIsForScansOnly() {
        Server scanOnly = new Server(
                SERVER.id(),
                SERVER.name(),
                SERVER.groups(),
                SERVER.tags(),
                Optional.empty(),
                true,
                SERVER.connection());

        assertThatExceptionOfType(ServerFault.class)
                .isThrownBy(() -> access.startInstall(scanOnly, new OperationId("no-1"), plan("one")))
                .withMessageContaining("scans only");
        assertThatExceptionOfType(ServerFault.class)
                .isThrownBy(() -> access.reboot(scanOnly, new OperationId("no-1"), access.bootId(scanOnly)));
        assertThat(host.lines("calls")).isEmpty();
    }

    @Test
    void rebootsOnceForABootHoweverOftenItIsTold() {
        String boot = access.bootId(SERVER);

        access.reboot(SERVER, new OperationId("boot-1"), boot);
        access.reboot(SERVER, new OperationId("boot-1"), boot);

        await().until(() -> !host.lines("rebooted").isEmpty());
        assertThat(host.lines("rebooted")).containsExactly("systemctl");
    }

    @Test
    void tellsWhetherItWasToldToReboot() {
        String boot = access.bootId(SERVER);
        OperationId operation = new OperationId("boot-1");

        assertThat(access.rebootProgress(SERVER, operation, boot)).isEqualTo(RebootProgress.NOT_TOLD);
        access.reboot(SERVER, operation, boot);

        assertThat(access.rebootProgress(SERVER, operation, boot)).isEqualTo(RebootProgress.TOLD);
        assertThat(access.rebootProgress(SERVER, new OperationId("boot-2"), boot))
                .isEqualTo(RebootProgress.NOT_TOLD);
        assertThat(access.rebootProgress(SERVER, operation, "00000000-0000-0000-0000-000000000000"))
                .isEqualTo(RebootProgress.OTHER_BOOT);
    }

    @Test
    void doesNotRebootABootThatIsAlreadyAnother() {
        access.reboot(SERVER, new OperationId("boot-1"), "00000000-0000-0000-0000-000000000000");

        assertThat(folder.resolve("run")).isEmptyDirectory();
    }

    private static void killWithItsChildren(String process) {
        ProcessHandle worker = ProcessHandle.of(Long.parseLong(process)).orElseThrow();
        List<ProcessHandle> children = worker.descendants().toList();
        worker.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private InstallProgress.Ended install(String operation, String... names) {
        access.startInstall(SERVER, new OperationId(operation), plan(names));
        return ended(operation);
    }

    private InstallProgress.Ended ended(String operation) {
        return (InstallProgress.Ended) await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> access.installProgress(SERVER, new OperationId(operation)),
                        InstallProgress.Ended.class::isInstance);
    }

    private static InstallPlan plan(String... names) {
        return new InstallPlan(
                Arrays.stream(names).map(InstallProtocolTest::patch).toList(), List.of());
    }

    private static Patch patch(String name) {
        return new Patch(
                new PackageKey(name, "noarch"),
                PackageVersion.rpm("1-1"),
                Optional.of(PackageVersion.rpm("0-1")),
                "updates",
                List.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }
}
