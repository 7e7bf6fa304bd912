package io.patchway.packagemanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.hosts.HostKind;
import io.patchway.hosts.NeedsRealHosts;
import io.patchway.hosts.Scenario;
import io.patchway.patch.Advisory;
import io.patchway.patch.Patch;
import io.patchway.run.InstallProgress;
import io.patchway.run.InstallProgress.Meaning;
import io.patchway.scan.ScanResult;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsRealHosts
class DnfHostIT {
    @TempDir
    private Path folder;

    @Test
    void aScanSaysWhatDnfItselfSays() {
        try (PatchedHost host = PatchedHost.start(HostKind.DNF, "dnf-scan", folder, Scenario.UPDATES)) {
            ScanResult scan = host.scan();

            assertThat(scan.available().stream()
                            .map(patch -> patch.key() + " " + patch.version())
                            .collect(Collectors.toSet()))
                    .isEqualTo(host.shell("dnf -q repoquery --upgrades --qf '%{name}.%{arch} %{evr}'")
                            .lines()
                            .collect(Collectors.toSet()));
            assertThat(scan.available().stream()
                            .flatMap(patch ->
                                    patch.advisories().stream().map(advisory -> advisory.id() + " " + fullName(patch)))
                            .collect(Collectors.toSet()))
                    .isEqualTo(host.shell("dnf -q updateinfo list")
                            .lines()
                            .map(line -> line.replaceAll(" +\\S+ +", " "))
                            .collect(Collectors.toSet()));
            assertThat(scan.available().stream()
                            .flatMap(patch -> patch.advisories().stream())
                            .flatMap(advisory -> advisory.cves().stream())
                            .collect(Collectors.toSet()))
                    .isEqualTo(host.shell("dnf -q updateinfo list --with-cve")
                            .lines()
                            .filter(line -> line.startsWith("CVE"))
                            .map(line -> line.replaceAll(" .*", ""))
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    void anOlderVersionIsInstalledWhenThatIsTheApprovedOne() {
        try (PatchedHost host = PatchedHost.start(HostKind.DNF, "dnf-exact", folder, Scenario.UPDATES)) {
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
        try (PatchedHost host = PatchedHost.start(HostKind.DNF, "dnf-kernel", folder, Scenario.UPDATES)) {
            host.install("kernel-1", PatchedHost.named("kernel"));

            assertThat(host.shell("rpm -q kernel").lines()).hasSize(2);
            assertThat(host.scan().rebootNeeded()).isTrue();
            assertThat(host.scan().available()).noneMatch(PatchedHost.named("kernel"));
        }
    }

    @Test
    void aPackageWhoseScriptRefusesDoesNotSinkTheOthers() {
        try (PatchedHost host =
                PatchedHost.start(HostKind.DNF, "dnf-pre", folder, Scenario.UPDATES, Scenario.FAILING_PRE)) {
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
        try (PatchedHost host = PatchedHost.start(HostKind.DNF, "dnf-post", folder, Scenario.FAILING_POST)) {
            InstallProgress.Ended ended = host.install("post-1", patch -> true);

            assertThat(ended.meaning()).isEqualTo(Meaning.DONE);
            assertThat(host.scan().available()).isEmpty();
        }
    }

    @Test
    void aBlockedPackageDoesNotComeInAsADependencyAndTheRestIsInstalled() {
        try (PatchedHost host = PatchedHost.start(HostKind.DNF, "dnf-block", folder, Scenario.UPDATES)) {
            host.install("block-1", PatchedHost.named("acme-app", "tzdata"), "acme-l*");

            assertThat(host.installed("acme-lib")).contains("1.0-1");
            assertThat(host.installed("acme-app")).contains("1.0-1");
            assertThat(host.installed("tzdata")).contains("2025b-1.el9");
        }
    }

    @Test
    void aDependencyThatIsNotBlockedComesIn() {
        try (PatchedHost host = PatchedHost.start(HostKind.DNF, "dnf-needs", folder, Scenario.UPDATES)) {
            host.install("needs-1", PatchedHost.named("acme-app"));

            assertThat(host.installed("acme-lib")).contains("2.0-1");
        }
    }

    @Test
    void excludesAndForbiddenVersionsAreObeyed() {
        try (PatchedHost host = PatchedHost.start(HostKind.DNF, "dnf-holds", folder, Scenario.UPDATES)) {
            host.shell("echo 'excludepkgs=kernel*' >> /etc/dnf/dnf.conf"
                    + " && echo '!httpd-0:2.4.62-7*' >> /etc/dnf/plugins/versionlock.list");

            ScanResult scan = host.scan();

            assertThat(scan.held()).containsExactly("kernel");
            assertThat(scan.available().stream().filter(PatchedHost.named("httpd")))
                    .extracting(patch -> patch.version().text())
                    .containsExactly("2.4.62-4.el9");
        }
    }

    private static String fullName(Patch patch) {
        return "%s-%s.%s"
                .formatted(patch.key().name(), patch.version(), patch.key().arch());
    }
}
