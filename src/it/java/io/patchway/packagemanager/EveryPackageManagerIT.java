package io.patchway.packagemanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.patchway.faults.Survives;
import io.patchway.hosts.HostKind;
import io.patchway.hosts.NeedsRealHosts;
import io.patchway.hosts.Scenario;
import io.patchway.patch.Patch;
import io.patchway.run.Hook;
import io.patchway.run.HookOccasion;
import io.patchway.run.HookResult;
import io.patchway.run.InstallPlan;
import io.patchway.run.InstallProgress;
import io.patchway.run.OperationId;
import io.patchway.run.ServerAccess;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerFault.Kind;
import io.patchway.scan.RebootVote;
import io.patchway.scan.ScanResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for dnf, apt and zypper alike, on real hosts. */
@NeedsRealHosts
@Execution(ExecutionMode.CONCURRENT)
class EveryPackageManagerIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void whatIsOnOfferIsGoneOnceItIsInstalled(HostKind kind) {
        try (PatchedHost host = start(kind, "everything", folder, Scenario.UPDATES)) {
            assertThat(host.scan().available()).isNotEmpty();

            InstallProgress.Ended ended = host.install("all-1", newest(host.scan())::contains);

            assertThat(ended.meaning()).isEqualTo(InstallProgress.Meaning.DONE);
            ScanResult after = host.scan();
            assertThat(after.available()).isEmpty();
            assertThat(after.rebootNeeded()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHeldPackageIsOnOfferAndNamedAsHeld(HostKind kind) {
        try (PatchedHost host = start(kind, "holds", folder, Scenario.HELD)) {
            ScanResult scan = host.scan();

            assertThat(scan.held()).containsExactly("acme-held");
            assertThat(scan.available()).extracting(patch -> patch.key().name()).containsExactly("acme-held");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHostWithNothingToDoNeedsNoReboot(HostKind kind) {
        try (PatchedHost host = start(kind, "content", folder)) {
            ScanResult scan = host.scan();

            assertThat(scan.available()).isEmpty();
            assertThat(scan.rebootNeeded()).isFalse();
            assertThat(scan.rebootVotes())
                    .extracting(RebootVote::detector)
                    .contains("kernel")
                    .hasSize(2);
            assertThat(scan.metadataAge())
                    .hasValueSatisfying(age -> assertThat(age).isLessThan(Duration.ofMinutes(1)));
            assertThat(scan.host().hostname()).isEqualTo(host.server().name());
            assertThat(scan.host().bootId()).isEqualTo(host.host().bootId());
        }
    }

    @ParameterizedTest
    @EnumSource
    void startedTwiceUnderOneIdAnInstallRunsOnce(HostKind kind) {
        try (PatchedHost host = start(kind, "twice", folder, Scenario.UPDATES)) {
            assertThat(host.progress("once-1")).isEqualTo(new InstallProgress.NotStarted());
            InstallProgress first = host.install("once-1", PatchedHost.named("acme-agent"));
            assertThat(host.installed("acme-agent")).contains("1.1-1");

            InstallProgress second = host.install("once-1", PatchedHost.named("acme-lib"));

            assertThat(second).isEqualTo(first);
            assertThat(host.installed("acme-lib")).contains("1.0-1");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DNF", "APT"})
    void hooksRunInTheirOrderAndOnceAlsoWhenTheyAreStartedTwice(HostKind kind) {
        try (PatchedHost host = start(kind, "hooks", folder, Scenario.UPDATES)) {
            List<Patch> agent = host.scan().available().stream()
                    .filter(PatchedHost.named("acme-agent"))
                    .toList();
            InstallPlan plan = new InstallPlan(agent, List.of())
                    .with(Map.of(
                            HookOccasion.PRE_INSTALL, noting("pre"),
                            HookOccasion.POST_INSTALL, noting("post")));
            InstallPlan atTheEnd = InstallPlan.ofHook(HookOccasion.ON_EXIT, noting("exit"));

            host.install("hooked-1", plan);
            host.install("hooked-exit", atTheEnd);
            InstallProgress.Ended again = host.install("hooked-1", plan);
            host.install("hooked-exit", atTheEnd);

            assertThat(again.hooks()).extracting(HookResult::succeeded).containsExactly(true, true);
            assertThat(host.shell("cat /root/occasions").lines())
                    .containsExactly("pre 1.0-1", "post 1.1-1", "exit 1.1-1");
        }
    }

    /** Notes the occasion and which version of the agent is there. */
    private static Hook noting(String occasion) {
        return new Hook("note-" + occasion, """
            version=$(rpm -q --qf '%%{VERSION}-%%{RELEASE}' acme-agent 2> /dev/null) ||
              version=$(dpkg-query -W -f '${Version}' acme-agent)
            echo "%s $version" >> /root/occasions
            """.formatted(occasion));
    }

    @ParameterizedTest
    @EnumSource
    @Survives(1)
    void aKilledWorkerIsInterruptedAndNeverStartedAgain(HostKind kind) {
        try (PatchedHost host = start(kind, "killed", folder, Scenario.UPDATES)) {
            startAnInstallThatHangs(host, "kill-1");

            host.shell("kill -9 $(cut -d' ' -f1 /var/lib/patchway/runs/kill-1/started)");

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> host.progress("kill-1"), InstallProgress.Interrupted.class::isInstance);
            host.access().startInstall(host.server(), new OperationId("kill-1"), new InstallPlan(List.of(), List.of()));
            assertThat(host.progress("kill-1")).isInstanceOf(InstallProgress.Interrupted.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Survives(1)
    void aHostThatRebootsInTheMiddleTellsSoAndOneOrderRebootsItOnce(HostKind kind) {
        try (PatchedHost host = start(kind, "reboots", folder, Scenario.UPDATES)) {
            ServerAccess access = host.access();
            startAnInstallThatHangs(host, "reboot-1");
            String before = access.bootId(host.server());

            access.reboot(host.server(), new OperationId("reboot-1"), before);

            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptionsMatching(ServerFault.class::isInstance)
                    .until(() -> !access.bootId(host.server()).equals(before));
            String after = access.bootId(host.server());
            assertThat(host.progress("reboot-1")).isInstanceOf(InstallProgress.Interrupted.class);
            access.reboot(host.server(), new OperationId("reboot-1"), before);
            assertThat(access.precheck(host.server()).bootId()).isEqualTo(after);
            assertThat(host.host().rebootCount()).isOne();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Survives(39)
    void aRepositoryThatIsDownIsAFaultAndNotAnEmptyScan(HostKind kind) {
        try (PatchedHost host = start(kind, "no-mirror", folder, Scenario.UPDATES)) {
            host.scan();
            host.host().breakRepositories();

            assertThatExceptionOfType(ServerFault.class)
                    .isThrownBy(host::scan)
                    .matches(fault -> fault.kind() == Kind.METADATA)
                    .withMessageContaining("no-mirror-")
                    .withMessageContaining("on the server");
            assertThat(host.access().scan(host.server(), false).available()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Survives(39)
    void aHostWithoutAnyRepositoryIsNotCalledUpToDate(HostKind kind) {
        try (PatchedHost host = start(kind, "no-sources", folder)) {
            host.shell("rm -f /etc/yum.repos.d/* /etc/zypp/repos.d/* /etc/apt/sources.list /etc/apt/sources.list.d/*");

            assertThatExceptionOfType(ServerFault.class)
                    .isThrownBy(host::scan)
                    .matches(fault -> fault.kind() == Kind.METADATA);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Survives(39)
    void theAgeOfStoredMetadataIsToldAndFetchingThemAnewMakesThemYoung(HostKind kind) {
        try (PatchedHost host = start(kind, "stale", folder, Scenario.UPDATES)) {
            host.scan();
            host.host().makeMetadataStale(Duration.ofDays(3));

            assertThat(host.access().scan(host.server(), false).metadataAge())
                    .hasValueSatisfying(age -> assertThat(age).isBetween(Duration.ofDays(3), Duration.ofDays(4)));
            assertThat(host.access().scan(host.server(), true).metadataAge())
                    .hasValueSatisfying(age -> assertThat(age).isLessThan(Duration.ofHours(1)));
        }
    }

    @ParameterizedTest
    @EnumSource
    @Survives(5)
    void thePrecheckNamesWhoHoldsTheLock(HostKind kind) {
        try (PatchedHost host = start(kind, "locked", folder)) {
            assertThat(host.access().precheck(host.server()).lockHolder()).isEmpty();
            host.shell("systemd-run --quiet --unit=holder " + lock(kind));

            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(
                                    host.access().precheck(host.server()).lockHolder())
                            .hasValueSatisfying(
                                    holder -> assertThat(holder).matches("[0-9]+ \\((python3|dnf|perl|zypper)\\)")));
        }
    }

    @ParameterizedTest
    @EnumSource
    @Survives(6)
    void thePrecheckRefusesAFullDisk(HostKind kind) {
        try (PatchedHost host = start(kind, "full", folder)) {
            host.shell("fallocate -l 950M /var/filler");

            assertThatExceptionOfType(ServerFault.class)
                    .isThrownBy(() -> host.access().precheck(host.server()))
                    .matches(fault -> fault.kind() == Kind.NO_SPACE)
                    .withMessageContaining("MiB are free on the file system of /var");
        }
    }

    /** Hosts of several kinds run at the same time, each under a name of its own. */
    private static PatchedHost start(HostKind kind, String name, Path folder, Scenario... scenarios) {
        return PatchedHost.start(kind, name + "-" + kind.name().toLowerCase(Locale.ROOT), folder, scenarios);
    }

    private static void startAnInstallThatHangs(PatchedHost host, String operation) {
        List<Patch> patches = host.scan().available();
        host.letThePackageManagerHang();
        host.access().startInstall(host.server(), new OperationId(operation), new InstallPlan(patches, List.of()));
        assertThat(host.progress(operation)).isInstanceOf(InstallProgress.Working.class);
    }

    /** Of a package that is offered in several versions the newest: the list is ordered by age. */
    private static List<Patch> newest(ScanResult scan) {
        return scan.available().stream()
                .filter(patch -> scan.available().stream()
                        .noneMatch(other -> other.key().equals(patch.key())
                                && other.version().newerThan(patch.version())))
                .toList();
    }

    /** Another program of the same kind at work, with the locks that it takes itself. */
    private static String lock(HostKind kind) {
        return switch (kind) {
            case DNF ->
                "python3 -c 'import dnf.lock, time; dnf.lock.build_rpmdb_lock(\"/var/lib/dnf\", True).__enter__();"
                        + " time.sleep(600)'";
            case DNF5 -> "sh -c 'sleep 600 | exec dnf reinstall acme-app'";
            case APT ->
                "perl -e 'use Fcntl; open(F, \">>\", \"/var/lib/dpkg/lock-frontend\"); @l = pack(\"s s x4 q q l\","
                        + " F_WRLCK, 0, 0, 0, 0); fcntl(F, F_SETLK, @l[0]) or die; sleep 600'";
            case ZYPPER -> "sh -c 'sleep 600 | exec zypper shell'";
        };
    }
}
