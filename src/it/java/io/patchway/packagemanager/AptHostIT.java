package io.patchway.packagemanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.faults.Survives;
import io.patchway.hosts.HostKind;
import io.patchway.hosts.NeedsRealHosts;
import io.patchway.hosts.Scenario;
import io.patchway.patch.Advisory;
import io.patchway.patch.Classification;
import io.patchway.patch.Patch;
import io.patchway.patch.Severity;
import io.patchway.run.InstallProgress;
import io.patchway.run.InstallProgress.Meaning;
import io.patchway.scan.ScanResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsRealHosts
class AptHostIT {
    @TempDir
    private Path folder;

    @Test
    void aScanSaysWhatAptItselfSays() {
        try (PatchedHost host = PatchedHost.start(HostKind.APT, "apt-scan", folder, Scenario.UPDATES)) {
            ScanResult scan = host.scan();

            Map<String, String> newest = scan.available().stream()
                    .collect(Collectors.toMap(
                            patch -> patch.key().name(),
                            patch -> patch.version().text(),
                            (older, newer) -> newer));
            assertThat(newest)
                    .isEqualTo(host.shell("apt-get -s dist-upgrade")
                            .lines()
                            .filter(line -> line.startsWith("Inst "))
                            .collect(Collectors.toMap(
                                    line -> line.split(" ")[1], line -> line.replaceAll(".*\\((\\S+) .*", "$1"))));
            assertThat(scan.available().stream()
                            .filter(Patch::securityArchive)
                            .map(patch -> patch.key().name()))
                    .containsOnly(
                            "openssl", "curl", "libnss3", "nginx", "linux-image-amd64", "linux-image-6.1.0-95-amd64");
        }
    }

    @Test
    void theChangelogSaysSinceWhenHowUrgentAndForWhichCvesAnUpdateIs() {
        try (PatchedHost host = PatchedHost.start(HostKind.APT, "apt-changelog", folder, Scenario.UPDATES)) {
            Map<String, Advisory> advisories = host.scan().available().stream()
                    .collect(Collectors.toMap(
                            patch -> patch.key().name() + " " + patch.version(),
                            patch -> patch.advisories().getFirst()));

            Advisory openssl = advisories.get("openssl 3.0.15-1~deb12u2");
            assertThat(openssl.cves()).containsExactly("CVE-2025-10001", "CVE-2025-10002");
            assertThat(openssl.date()).contains(Instant.parse("2025-02-03T10:00:00Z"));
            assertThat(openssl.severity()).isEqualTo(new Severity("High"));
            assertThat(advisories.get("nginx 1.22.1-9+deb12u1").cves()).containsExactly("CVE-2025-10006");
            assertThat(advisories.get("libnss3 2:3.87.1-1+deb12u1").cves()).containsExactly("CVE-2025-10004");
            assertThat(advisories.get("acme-agent 1.1-1").classification()).isEqualTo(new Classification("None"));
        }
    }

    @Test
    void anUpdateWithoutAChangelogIsOnOfferAllTheSame() {
        try (PatchedHost host = PatchedHost.start(HostKind.APT, "apt-no-changelog", folder, Scenario.UPDATES)) {
            host.shell("rm /srv/repositories/changelogs/o/openssl/*");

            assertThat(host.scan().available())
                    .filteredOn(PatchedHost.named("openssl", "curl"))
                    .extracting(patch ->
                            patch.key().name() + " " + patch.advisories().size())
                    .containsExactly("curl 1", "openssl 0");
        }
    }

    @Test
    void aVersionInBetweenIsInstalledWhenThatIsTheApprovedOne() {
        try (PatchedHost host = PatchedHost.start(HostKind.APT, "apt-exact", folder, Scenario.UPDATES)) {
            InstallProgress.Ended ended = host.install("exact-1", PatchedHost.version("nginx", "1.22.1-9+deb12u1"));

            assertThat(ended.meaning()).isEqualTo(Meaning.DONE);
            assertThat(host.installed("nginx")).contains("1.22.1-9+deb12u1");
            assertThat(host.installed("curl")).contains("7.88.1-10+deb12u7");
        }
    }

    @Test
    void aPackageWhoseScriptRefusesDoesNotSinkTheOthers() {
        try (PatchedHost host = PatchedHost.start(
                HostKind.APT, "apt-fails", folder, Scenario.UPDATES, Scenario.FAILING_PRE, Scenario.FAILING_POST)) {
            InstallProgress.Ended ended =
                    host.install("fails-1", PatchedHost.named("acme-pre", "acme-post", "openssl", "acme-agent"));

            assertThat(ended.meaning()).isEqualTo(Meaning.FAILED);
            assertThat(host.installed("openssl")).contains("3.0.15-1~deb12u2");
            assertThat(host.installed("acme-agent")).contains("1.1-1");
            assertThat(host.installed("acme-pre")).contains("1.0-1");
        }
    }

    @Test
    void aConfigurationFileThatTheAdministratorChangedIsKept() {
        try (PatchedHost host = PatchedHost.start(HostKind.APT, "apt-conffile", folder, Scenario.CONFFILE)) {
            InstallProgress.Ended ended = host.install("conffile-1", patch -> true);

            assertThat(ended.meaning()).isEqualTo(Meaning.DONE);
            assertThat(host.shell("cat /etc/acme.conf")).contains("colour = blue");
        }
    }

    @Test
    void aBlockedPackageDoesNotComeInAsADependencyAndTheRestIsInstalled() {
        try (PatchedHost host = PatchedHost.start(HostKind.APT, "apt-block", folder, Scenario.UPDATES)) {
            host.install("block-1", PatchedHost.named("acme-app", "curl"), "acme-l*");

            assertThat(host.installed("acme-lib")).contains("1.0-1");
            assertThat(host.installed("acme-app")).contains("1.0-1");
            assertThat(host.installed("curl")).contains("7.88.1-10+deb12u8");
        }
    }

    @Test
    @Survives(1)
    void anInterruptedDpkgIsMendedFirst() {
        try (PatchedHost host = PatchedHost.start(HostKind.APT, "apt-mends", folder, Scenario.UPDATES)) {
            host.shell("dpkg --unpack /srv/repositories/updates/stable/acme-agent_*.deb");

            InstallProgress.Ended ended = host.install("mends-1", PatchedHost.named("curl"));

            assertThat(ended.meaning()).isEqualTo(Meaning.DONE);
            assertThat(host.shell("dpkg --audit")).isEmpty();
            assertThat(host.installed("curl")).contains("7.88.1-10+deb12u8");
        }
    }

    @Test
    void anOrdinaryUserMayScanWhatIsStoredAndNoChangelogIsFetched() {
        try (PatchedHost host = PatchedHost.start(HostKind.APT, "apt-user", folder, Scenario.UPDATES)) {
            ScanResult asRoot = host.scan();
            host.shell("rm /etc/sudoers.d/patch");

            assertThat(host.access().scan(host.server(), false).available())
                    .allMatch(patch -> patch.advisories().isEmpty())
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("advisories")
                    .isEqualTo(asRoot.available());
        }
    }

    @Test
    void versionsThatAptWouldNotTakeByItselfAreNotOnOffer() {
        try (PatchedHost host = PatchedHost.start(HostKind.APT, "apt-backports", folder, Scenario.UPDATES)) {
            host.shell("printf 'NotAutomatic: yes\nButAutomaticUpgrades: yes\n'"
                    + " | sed -i '/^Suite:/r /dev/stdin' /srv/repositories/updates/stable/Release");

            assertThat(host.scan().available())
                    .anyMatch(PatchedHost.named("openssl"))
                    .noneMatch(PatchedHost.named("acme-lib"));
        }
    }
}
