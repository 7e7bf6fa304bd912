package io.patchway.packagemanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.faults.Survives;
import io.patchway.hosts.HostKind;
import io.patchway.hosts.NeedsRealHosts;
import io.patchway.hosts.Scenario;
import io.patchway.patch.Advisory;
import io.patchway.run.InstallProgress;
import io.patchway.run.InstallProgress.Meaning;
import io.patchway.scan.ScanResult;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsRealHosts
class ZypperHostIT {
    private static final Pattern UPDATE =
            Pattern.compile("<update kind=\"package\" name=\"([^\"]+)\" edition=\"([^\"]+)\"");
    private static final Pattern PATCH =
            Pattern.compile("<update kind=\"patch\" name=\"([^\"]+)\" [^>]*status=\"needed\"");

    @TempDir
    private Path folder;

    @Test
    void aScanSaysWhatZypperItselfSays() {
        try (PatchedHost host = PatchedHost.start(HostKind.ZYPPER, "zypper-scan", folder, Scenario.UPDATES)) {
            ScanResult scan = host.scan();

            Map<String, String> newest = scan.available().stream()
                    .collect(Collectors.toMap(
                            patch -> patch.key().name(),
                            patch -> patch.version().text(),
                            (older, newer) -> newer));
            assertThat(newest)
                    .isEqualTo(UPDATE.matcher(host.shell("zypper -n --xmlout list-updates"))
                            .results()
                            .collect(Collectors.toMap(update -> update.group(1), update -> update.group(2))));
            assertThat(scan.available().stream()
                            .flatMap(patch -> patch.advisories().stream())
                            .map(Advisory::id)
                            .map(id -> id.replace(':', '-'))
                            .collect(Collectors.toSet()))
                    .containsAll(PATCH.matcher(host.shell("zypper -n --xmlout list-patches"))
                            .results()
                            .map((MatchResult patch) -> patch.group(1))
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    void anOlderVersionIsInstalledWhenThatIsTheApprovedOne() {
        try (PatchedHost host = PatchedHost.start(HostKind.ZYPPER, "zypper-exact", folder, Scenario.UPDATES)) {
            InstallProgress.Ended ended = host.install("exact-1", PatchedHost.version("httpd", "2.4.62-4.el9"));

            assertThat(ended.meaning()).isEqualTo(Meaning.DONE);
            assertThat(host.installed("httpd")).contains("2.4.62-4.el9");
            assertThat(host.installed("curl")).contains("7.76.1-31.el9");
        }
    }

    @Test
    void aPackageWhoseScriptRefusesDoesNotSinkTheOthers() {
        try (PatchedHost host =
                PatchedHost.start(HostKind.ZYPPER, "zypper-pre", folder, Scenario.UPDATES, Scenario.FAILING_PRE)) {
            InstallProgress.Ended ended = host.install("pre-1", PatchedHost.named("acme-pre", "openssl", "tzdata"));

            assertThat(ended.meaning()).isEqualTo(Meaning.FAILED);
            assertThat(host.installed("openssl")).contains("1:3.2.2-7.el9");
            assertThat(host.installed("tzdata")).contains("2025b-1.el9");
        }
    }

    @Test
    void aBlockedPackageDoesNotComeInAsADependencyAndTheHostsLocksStayAsTheyAre() {
        try (PatchedHost host = PatchedHost.start(HostKind.ZYPPER, "zypper-block", folder, Scenario.UPDATES)) {
            String locks = host.shell("zypper -n locks");

            host.install("block-1", PatchedHost.named("acme-app", "tzdata"), "acme-l*");

            assertThat(host.installed("acme-lib")).contains("1.0-1");
            assertThat(host.installed("acme-app")).contains("1.0-1");
            assertThat(host.installed("tzdata")).contains("2025b-1.el9");
            assertThat(host.shell("zypper -n locks")).isEqualTo(locks);
        }
    }

    @Test
    void aPackageThatSuggestsARebootIsInstalledToo() {
        try (PatchedHost host = PatchedHost.start(HostKind.ZYPPER, "zypper-kernel", folder, Scenario.UPDATES)) {
            InstallProgress.Ended ended = host.install("kernel-1", PatchedHost.named("kernel"));

            assertThat(ended.meaning()).isEqualTo(Meaning.DONE);
            assertThat(host.scan().rebootNeeded()).isTrue();
            assertThat(host.scan().available()).noneMatch(PatchedHost.named("kernel"));
        }
    }

    @Test
    @Survives(41)
    void zypperItselfIsUpdatedLikeAnyOtherPackage() {
        try (PatchedHost host = PatchedHost.start(HostKind.ZYPPER, "zypper-self", folder, Scenario.SELF_UPDATE)) {
            InstallProgress.Ended ended = host.install("self-1", patch -> true);

            assertThat(ended.meaning()).isIn(Meaning.DONE, Meaning.RUN_AGAIN);
            assertThat(host.scan().available()).isEmpty();
        }
    }
}
