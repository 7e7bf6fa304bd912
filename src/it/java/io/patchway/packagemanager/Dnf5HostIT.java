package io.patchway.packagemanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.patchway.faults.Survives;
import io.patchway.hosts.HostKind;
import io.patchway.hosts.NeedsRealHosts;
import io.patchway.hosts.Scenario;
import io.patchway.patch.Advisory;
import io.patchway.patch.Patch;
import io.patchway.run.InstallPlan;
import io.patchway.run.InstallProgress;
import io.patchway.run.InstallProgress.Meaning;
import io.patchway.run.OperationId;
import io.patchway.run.ServerFault;
import io.patchway.scan.RebootVote;
import io.patchway.scan.RebootVote.Answer;
import io.patchway.scan.ScanResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What dnf 5 does in its own way; the host's {@code dnf} and {@code yum} are links to it. */
@NeedsRealHosts
class Dnf5HostIT {
    @TempDir
    private Path folder;

    @Test
    void aScanSaysWhatDnfItselfSays() {
        try (PatchedHost host = PatchedHost.start(HostKind.DNF5, "dnf5-scan", folder, Scenario.UPDATES)) {
            ScanResult scan = host.scan();

            assertThat(scan.host().packageManager()).startsWith("dnf 5.");
            assertThat(each(scan, patch -> Stream.of(patch.key() + " " + patch.version())))
                    .isEqualTo(host.shell("yum -q repoquery --upgrades --qf '%{name}.%{arch} %{evr}\\n'")
                            .lines()
                            .collect(Collectors.toSet()));
            assertThat(each(
                            scan,
                            patch -> patch.advisories().stream()
                                    .map(advisory ->
                                            asDnfListsIt(patch, advisory).toLowerCase(Locale.ROOT))))
                    .isEqualTo(table(host, "dnf -q advisory list"));
            assertThat(each(
                            scan,
                            patch -> patch.advisories().stream()
                                    .flatMap(advisory ->
                                            advisory.cves().stream().map(cve -> cve + " " + fullName(patch)))))
                    .isEqualTo(host.shell("dnf -q advisory list --with-cve")
                            .lines()
                            .skip(1)
                            .map(line -> line.replaceAll("^(\\S+) +\\S+ +\\S+ +(\\S+) .*", "$1 $2"))
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    void aScanWithoutARefreshLeavesNothingInTheHomeOfWhoeverAsks() {
        try (PatchedHost host = PatchedHost.start(HostKind.DNF5, "dnf5-traces", folder, Scenario.UPDATES)) {
            host.scan();
            String before = host.shell("find /home/patch /tmp");

            ScanResult scan = host.access().scan(host.server(), false);

            assertThat(scan.available()).isNotEmpty();
            assertThat(host.shell("find /home/patch /tmp")).isEqualTo(before);
        }
    }

    @Test
    void anOlderVersionIsInstalledWhenThatIsTheApprovedOne() {
        try (PatchedHost host = PatchedHost.start(HostKind.DNF5, "dnf5-exact", folder, Scenario.UPDATES)) {
            InstallProgress.Ended ended = host.install("exact-1", PatchedHost.version("httpd", "2.4.62-4.el9"));

            assertThat(ended.meaning()).isEqualTo(Meaning.DONE);
            assertThat(host.installed("httpd")).contains("2.4.62-4.el9");
            assertThat(host.installed("openssl")).contains("1:3.2.2-6.el9");
            assertThat(host.scan().available().stream()
                            .filter(PatchedHost.named("httpd"))
                            .flatMap(patch -> patch.advisories().stream())
                            .map(Advisory::id))
                    .containsExactly("EXSA-2025:1011");
        }
    }

    @Test
    void aKernelIsInstalledBesideTheOldOneAndWantsAReboot() {
        try (PatchedHost host = PatchedHost.start(HostKind.DNF5, "dnf5-kernel", folder, Scenario.UPDATES)) {
            assertThat(vote(host.scan())).isEqualTo(Answer.NOT_NEEDED);
            host.install("kernel-1", PatchedHost.named("kernel"));

            assertThat(host.shell("rpm -q kernel").lines()).hasSize(2);
            assertThat(vote(host.scan())).isEqualTo(Answer.NEEDED);
            assertThat(host.scan().available()).noneMatch(PatchedHost.named("kernel"));
        }
    }

    @Test
    void withoutTheListsOfFilesAYesCountsAndANoDoesNot() {
        try (PatchedHost host = PatchedHost.start(HostKind.DNF5, "dnf5-lists", folder, Scenario.UPDATES)) {
            host.shell("dnf -q makecache");
            assertThat(vote(host.access().scan(host.server(), false))).isEqualTo(Answer.ABSTAINED);
            host.shell("dnf -q -y upgrade kernel && dnf -q clean metadata && dnf -q makecache");

            assertThat(vote(host.access().scan(host.server(), false))).isEqualTo(Answer.NEEDED);
        }
    }

    @Test
    void aPackageWhoseScriptRefusesDoesNotSinkTheOthers() {
        try (PatchedHost host =
                PatchedHost.start(HostKind.DNF5, "dnf5-pre", folder, Scenario.UPDATES, Scenario.FAILING_PRE)) {
            InstallProgress.Ended ended = host.install("pre-1", PatchedHost.named("acme-pre", "openssl", "tzdata"));

            assertThat(ended.meaning()).isEqualTo(Meaning.FAILED);
            assertThat(ended.logTail()).contains("acme-pre refuses");
            assertThat(host.installed("openssl")).contains("1:3.2.2-7.el9");
            assertThat(host.installed("tzdata")).contains("2025b-1.el9");
            assertThat(host.scan().available()).anyMatch(PatchedHost.named("acme-pre"));
        }
    }

    @Test
    void aScriptThatFailsAfterwardsLeavesThePackageInstalled() {
        try (PatchedHost host = PatchedHost.start(HostKind.DNF5, "dnf5-post", folder, Scenario.FAILING_POST)) {
            InstallProgress.Ended ended = host.install("post-1", patch -> true);

            assertThat(ended.meaning()).isEqualTo(Meaning.DONE);
            assertThat(host.scan().available()).isEmpty();
        }
    }

    @Test
    void rejectedAndLockedPackagesStayAndTheRestIsInstalled() {
        try (PatchedHost host =
                PatchedHost.start(HostKind.DNF5, "dnf5-block", folder, Scenario.UPDATES, Scenario.HELD)) {
            assertThat(host.scan().held()).containsExactly("acme-held");
            host.install("block-1", PatchedHost.named("acme-app", "acme-held", "tzdata"), "acme-l*");

            assertThat(host.installed("acme-lib")).contains("1.0-1");
            assertThat(host.installed("acme-app")).contains("1.0-1");
            assertThat(host.installed("acme-held")).contains("1.0-1");
            assertThat(host.installed("tzdata")).contains("2025b-1.el9");
        }
    }

    @Test
    void aDependencyThatIsNotRejectedComesIn() {
        try (PatchedHost host = PatchedHost.start(HostKind.DNF5, "dnf5-needs", folder, Scenario.UPDATES)) {
            host.install("needs-1", PatchedHost.named("acme-app"));

            assertThat(host.installed("acme-lib")).contains("2.0-1");
        }
    }

    @Test
    void excludesAndForbiddenVersionsAreObeyed() {
        try (PatchedHost host = PatchedHost.start(HostKind.DNF5, "dnf5-holds", folder, Scenario.UPDATES)) {
            host.shell("rm /etc/dnf/versionlock.toml; mkdir -p /etc/dnf/libdnf5.conf.d"
                    + " && printf '[main]\\nexcludepkgs=kernel*\\n' > /etc/dnf/libdnf5.conf.d/50-kernel.conf");
            assertThat(host.scan().held()).containsExactly("kernel");
            host.shell("dnf -q versionlock exclude httpd-2.4.62-7.el9");

            ScanResult scan = host.scan();

            assertThat(scan.held()).containsExactly("kernel");
            assertThat(scan.available().stream().filter(PatchedHost.named("httpd")))
                    .extracting(patch -> patch.version().text())
                    .containsExactly("2.4.62-4.el9");
        }
    }

    /** dnf 5 waits for its lock: somebody's open question would stop an install for as long as he is away. */
    @Test
    @Survives(5)
    void anotherDnfAtWorkIsALockAndNotALongWait() {
        try (PatchedHost host = PatchedHost.start(HostKind.DNF5, "dnf5-lock", folder, Scenario.UPDATES)) {
            ScanResult scan = host.scan();
            host.shell("systemd-run --quiet --unit=holder sh -c 'sleep 600 | exec dnf upgrade nss'");
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> host.access()
                            .precheck(host.server())
                            .lockHolder()
                            .filter(holder -> holder.endsWith("(dnf)"))
                            .isPresent());

            host.access()
                    .startInstall(
                            host.server(), new OperationId("lock-1"), new InstallPlan(scan.available(), List.of()));

            InstallProgress.Ended ended = (InstallProgress.Ended) await().atMost(Duration.ofMinutes(1))
                    .until(() -> host.progress("lock-1"), InstallProgress.Ended.class::isInstance);
            assertThat(ended.meaning()).isEqualTo(Meaning.LOCKED);
            assertThatExceptionOfType(ServerFault.class)
                    .isThrownBy(host::scan)
                    .matches(fault -> fault.kind() == ServerFault.Kind.LOCKED);
        }
    }

    @Test
    void threeRoundsBringAHostUpToDate() {
        try (PatchedHost host = PatchedHost.start(HostKind.DNF5, "dnf5-rounds", folder, Scenario.THREE_ROUNDS)) {
            for (int round = 1; round <= 2; round++) {
                host.install("round-" + round, patch -> true);
                assertThat(vote(host.scan())).isEqualTo(Answer.NEEDED);
                reboot(host, "round-" + round);
                assertThat(vote(host.scan())).isEqualTo(Answer.NOT_NEEDED);
            }
            host.install("round-3", patch -> true);

            assertThat(host.scan().available()).isEmpty();
            assertThat(host.installed("acme-tail")).contains("2.0-1");
            assertThat(vote(host.scan())).isEqualTo(Answer.NOT_NEEDED);
        }
    }

    private static void reboot(PatchedHost host, String operation) {
        String before = host.access().bootId(host.server());
        host.access().reboot(host.server(), new OperationId(operation), before);
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptionsMatching(ServerFault.class::isInstance)
                .until(() -> !host.access().bootId(host.server()).equals(before));
    }

    private static Answer vote(ScanResult scan) {
        return scan.rebootVotes().stream()
                .filter(vote -> vote.detector().equals("needs-restarting"))
                .map(RebootVote::answer)
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> each(ScanResult scan, Function<Patch, Stream<String>> lines) {
        return scan.available().stream().flatMap(lines).collect(Collectors.toSet());
    }

    /** The rows of a table without its head, each with single spaces and in lower case. */
    private static Set<String> table(PatchedHost host, String command) {
        return host.shell(command)
                .lines()
                .skip(1)
                .map(line -> line.replaceAll(" +", " ").toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private static String asDnfListsIt(Patch patch, Advisory advisory) {
        String issued =
                advisory.issued().orElseThrow().toString().replace('T', ' ').replace("Z", "");
        return "%s %s %s %s %s"
                .formatted(advisory.id(), advisory.classification(), advisory.severity(), fullName(patch), issued);
    }

    private static String fullName(Patch patch) {
        return "%s-%s.%s"
                .formatted(patch.key().name(), patch.version(), patch.key().arch());
    }
}
