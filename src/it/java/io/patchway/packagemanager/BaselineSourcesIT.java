package io.patchway.packagemanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchway.baseline.PatchSource;
import io.patchway.baseline.SourceForm;
import io.patchway.hosts.HostKind;
import io.patchway.hosts.NeedsRealHosts;
import io.patchway.hosts.Scenario;
import io.patchway.run.InstallPlan;
import io.patchway.run.InstallProgress;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerFault.Kind;
import io.patchway.scan.HostProduct;
import io.patchway.scan.ScanResult;
import io.patchway.server.PatchFamily;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Repositories that a baseline brings, on real hosts that have some of their own. */
@NeedsRealHosts
@Execution(ExecutionMode.CONCURRENT)
class BaselineSourcesIT {
    /**
     * Everything that says which repositories a host has, and what it has stored of them. Left out: dnf 4's list of
     * packages for the completion of commands, which it writes anew in every transaction.
     */
    private static final String OWN_STATE =
            "find /etc/apt /etc/yum.repos.d /etc/dnf /etc/zypp /var/lib/apt/lists /var/cache/apt /var/cache/dnf"
                + " /var/cache/libdnf5 /var/cache/zypp -type f ! -name lock ! -name packages.db -exec sha256sum {} +"
                + " 2> /dev/null | sort -k 2; find /var/tmp /tmp -maxdepth 1 -name 'patchway*'";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void onlyTheSourcesOfABaselineCountAndTheHostKeepsItsOwnRepositoriesAsTheyAre(HostKind kind) {
        String name = "sources-" + kind.name().toLowerCase(Locale.ROOT);
        try (PatchedHost host = PatchedHost.start(kind, name, folder, Scenario.UPDATES)) {
            List<PatchSource> sources = List.of(source(kind, "round-3"));
            ScanResult own = host.scan();
            String before = host.shell(OWN_STATE);

            // Nobody has fetched them yet: an ordinary user sees them all the same, and leaves nothing behind.
            assertThat(names(host.access().scan(host.server(), false, sources))).containsExactly("acme-tail");
            assertThat(host.shell("ls /var/cache")).doesNotContain("patchway");

            ScanResult scan = host.access().scan(host.server(), true, sources);
            assertThat(names(scan)).containsExactly("acme-tail");
            assertThat(scan.installed()).containsExactlyInAnyOrderElementsOf(own.installed());
            assertThat(scan.metadataAge())
                    .hasValueSatisfying(age -> assertThat(age).isLessThan(Duration.ofHours(1)));

            InstallPlan plan = new InstallPlan(scan.available(), List.of("acme-blocked*"), sources);
            assertThat(host.install("sources-1", plan).meaning()).isEqualTo(InstallProgress.Meaning.DONE);
            assertThat(host.installed("acme-tail")).contains("2.0-1");
            assertThat(host.installed("acme-agent")).contains("1.0-1");

            host.shell("mv /srv/repositories/round-3 /srv/repositories/gone");
            ScanResult verified = host.access().scan(host.server(), false, sources);
            assertThat(verified.available()).isEmpty();
            assertThat(verified.installed()).hasSameSizeAs(own.installed());
            assertThatExceptionOfType(ServerFault.class)
                    .isThrownBy(() -> host.access().scan(host.server(), true, sources))
                    .matches(fault -> fault.kind() == Kind.METADATA)
                    .withMessageContaining(name)
                    .withMessageContaining("source own-round-3");

            assertThat(host.shell(OWN_STATE)).isEqualTo(before);

            // A host without any repository can still say what it is.
            host.host().breakRepositories();
            assertThat(HostProduct.of(host.access().hostFacts(host.server()))).isEqualTo(HostProduct.of(own.host()));
        }
    }

    /** One of the lab's repositories, as a baseline would name it. */
    private static PatchSource source(HostKind kind, String repository) {
        PatchSource source = new PatchSource("own-" + repository, List.of("*"), configuration(kind, repository));
        assertThat(SourceForm.problem(source, family(kind))).isEmpty();
        return source;
    }

    private static String configuration(HostKind kind, String repository) {
        String folder = "/srv/repositories/" + repository;
        return switch (kind) {
            case DNF, DNF5 -> "[own]\nname=Own %1$s\nbaseurl=file://%2$s\ngpgcheck=0".formatted(repository, folder);
            case ZYPPER -> "[own]\nname=Own %1$s\nbaseurl=dir://%2$s\ngpgcheck=0".formatted(repository, folder);
            case APT -> "deb [trusted=yes] copy:%s/security ./".formatted(folder);
        };
    }

    private static PatchFamily family(HostKind kind) {
        return switch (kind) {
            case DNF, DNF5 -> PatchFamily.YUM;
            case APT -> PatchFamily.APT;
            case ZYPPER -> PatchFamily.ZYPPER;
        };
    }

    private static List<String> names(ScanResult scan) {
        return scan.available().stream().map(patch -> patch.key().name()).toList();
    }
}
