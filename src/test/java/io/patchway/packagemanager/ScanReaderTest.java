package io.patchway.packagemanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.patch.Advisory;
import io.patchway.patch.Classification;
import io.patchway.patch.Patch;
import io.patchway.patch.Severity;
import io.patchway.scan.RebootVote;
import io.patchway.scan.ScanResult;
import io.patchway.server.PatchFamily;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-21T13:30:00Z");

    @Test
    void tellsWhatARealDnfHostHas() {
        ScanResult scan = recorded("dnf.txt");

        assertThat(scan.family()).isEqualTo(PatchFamily.YUM);
        assertThat(scan.host().osName()).isEqualTo("Rocky Linux 9.5 (lab)");
        assertThat(scan.host().packageManager()).isEqualTo("dnf 4.14.0");
        assertThat(scan.host().uptime()).isPositive();
        assertThat(scan.installed())
                .hasSize(19)
                .allMatch(one -> one.installedAt().isPresent());
        assertThat(scan.held()).containsExactly("acme-held");
        assertThat(scan.metadataAge()).isPresent();
        assertThat(scan.rebootNeeded()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dnf.txt", "zypper.txt"})
    void offersEveryNewerVersionOldestFirstEachWithItsOwnAdvisory(String host) {
        List<Patch> httpd = patches(recorded(host), "httpd");

        assertThat(httpd).extracting(patch -> patch.version().text()).containsExactly("2.4.62-4.el9", "2.4.62-7.el9");
        assertThat(httpd)
                .allSatisfy(patch ->
                        assertThat(patch.installed().orElseThrow().text()).isEqualTo("2.4.62-1.el9"));
        assertThat(advisory(httpd.get(0)).severity()).isEqualTo(Severity.IMPORTANT);
        assertThat(advisory(httpd.get(1)).severity()).isEqualTo(Severity.MODERATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dnf.txt", "zypper.txt"})
    void readsAdvisoriesInTheDialectsOfRedHatAndOfSuse(String host) {
        Advisory openssl = advisory(patches(recorded(host), "openssl").getFirst());

        assertThat(openssl.id()).endsWith("EXSA-2025:1001");
        assertThat(openssl.classification()).isEqualTo(Classification.SECURITY);
        assertThat(openssl.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(openssl.issued()).contains(Instant.parse("2025-02-01T10:00:00Z"));
        assertThat(openssl.cves()).containsExactly("CVE-2025-10001", "CVE-2025-10002");
        assertThat(openssl.bugzillas()).containsExactly("2200001");
        assertThat(openssl.rebootSuggested()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dnf.txt", "zypper.txt"})
    void keepsTheVendorsWishForARebootAndUpdatesWithoutAnyAdvisory(String host) {
        ScanResult scan = recorded(host);

        assertThat(advisory(patches(scan, "kernel").getFirst()).rebootSuggested())
                .isTrue();
        assertThat(patches(scan, "acme-agent").getFirst().advisories()).isEmpty();
    }

    @Test
    void readsVersionsWithAnEpochAndKnowsTheBuildTime() {
        Patch openssl = patches(recorded("dnf.txt"), "openssl").getFirst();

        assertThat(openssl.version().text()).isEqualTo("1:3.2.2-7.el9");
        assertThat(openssl.installed().orElseThrow().text()).isEqualTo("1:3.2.2-6.el9");
        assertThat(openssl.published()).isPresent();
    }

    @Test
    void tellsSecurityArchivesAndNewPackagesOfARealAptHost() {
        ScanResult scan = recorded("apt.txt");

        assertThat(patches(scan, "nginx"))
                .extracting(patch -> patch.version().text())
                .containsExactly("1.22.1-9+deb12u1", "1.22.1-9+deb12u2");
        assertThat(patches(scan, "nginx")).allMatch(Patch::securityArchive);
        assertThat(patches(scan, "acme-lib")).noneMatch(Patch::securityArchive);
        assertThat(patches(scan, "linux-image-6.1.0-95-amd64").getFirst().installed())
                .isEmpty();
        assertThat(patches(scan, "curl").getFirst().section()).contains("misc");
        assertThat(patches(scan, "curl").getFirst().priority()).contains("optional");
        assertThat(scan.held()).containsExactly("acme-held");
        assertThat(patches(scan, "acme-held")).hasSize(1);
    }

    @Test
    void readsWhatTheChangelogsOfARealAptHostSay() {
        ScanResult scan = recorded("apt.txt");
        Advisory openssl = advisory(patches(scan, "openssl").getFirst());

        assertThat(openssl.id()).isEqualTo("openssl-3.0.15-1~deb12u2");
        assertThat(openssl.title()).isEqualTo("openssl (3.0.15-1~deb12u2) stable-security; urgency=high");
        assertThat(openssl.classification()).isEqualTo(Classification.SECURITY);
        assertThat(openssl.severity()).isEqualTo(new Severity("High"));
        assertThat(openssl.date()).contains(Instant.parse("2025-02-03T10:00:00Z"));
        assertThat(openssl.cves()).containsExactly("CVE-2025-10001", "CVE-2025-10002");
        assertThat(advisory(patches(scan, "libnss3").getFirst()).severity()).isEqualTo(Severity.MODERATE);
        assertThat(advisory(patches(scan, "acme-lib").getFirst()).classification())
                .isEqualTo(new Classification("None"));
    }

    @Test
    void aNewerVersionOnAptBringsTheFixesAndTheUrgencyOfTheOlderOnes() {
        List<Patch> nginx = patches(recorded("apt.txt"), "nginx");

        assertThat(advisory(nginx.get(0)).cves()).containsExactly("CVE-2025-10006");
        assertThat(advisory(nginx.get(1)).cves()).containsExactly("CVE-2025-10007", "CVE-2025-10006");
        assertThat(advisory(nginx.get(1)).severity()).isEqualTo(new Severity("High"));
    }

    @Test
    void givesTheAdvisoryOfAWithdrawnVersionToTheNextNewerOne() {
        String withdrawn = Answers.recorded("dnf.txt").replaceFirst("available\thttpd\t0:2.4.62-4[^\n]*\n", "");

        List<Patch> httpd = patches(read(withdrawn), "httpd");

        assertThat(httpd).hasSize(1);
        assertThat(httpd.getFirst().advisories())
                .extracting(Advisory::id)
                .containsExactly("EXSA-2025:1005", "EXSA-2025:1011");
    }

    @Test
    void keepsTheLaterStateOfAnAdvisoryThatComesTwice() {
        String twice = Answers.recorded("dnf.txt")
                .replace(
                        "end\n",
                        "advisory\tEXSA-2025:1001\tsecurity\tLow\t2024-01-01\t2024-01-01\t0\told\n"
                                + "package\topenssl\t1:3.2.2-7.el9\tx86_64\nend\n");

        assertThat(advisory(patches(read(twice), "openssl").getFirst()).severity())
                .isEqualTo(Severity.CRITICAL);
    }

    @Test
    void findsTheInstalledPackagesThatAHoldNamesByAPattern() {
        String pattern = Answers.recorded("zypper.txt").replace("hold\tacme-held", "hold\t*curl");

        assertThat(read(pattern).held()).containsExactlyInAnyOrder("curl", "libcurl");
    }

    @Test
    void hearsTheKernelOnlyWhenNobodyElseCouldTell() {
        String undecided =
                Answers.recorded("apt.txt").replaceFirst("vote\tkernel\t0\tabstained", "vote\tkernel\t0\tneeded");

        assertThat(read(undecided).rebootNeeded()).isTrue();
        assertThat(read(undecided).rebootVotes())
                .filteredOn(vote -> vote.detector().equals("reboot-required"))
                .extracting(RebootVote::answer)
                .containsExactly(RebootVote.Answer.ABSTAINED);
    }

    private static ScanResult recorded(String host) {
        return read(Answers.recorded(host));
    }

    private static ScanResult read(String text) {
        return ScanReader.read(ScriptAnswer.read(Answers.SERVER, "patchway-scan", Answers.complete(text)), NOW);
    }

    private static List<Patch> patches(ScanResult scan, String name) {
        return scan.available().stream()
                .filter(patch -> patch.key().name().equals(name))
                .toList();
    }

    private static Advisory advisory(Patch patch) {
        assertThat(patch.advisories()).hasSize(1);
        return patch.advisories().getFirst();
    }
}
