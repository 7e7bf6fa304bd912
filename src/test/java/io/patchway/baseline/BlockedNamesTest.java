package io.patchway.baseline;

import static io.patchway.baseline.BaselineBuilder.forRedHat;
import static io.patchway.baseline.BaselineBuilder.on;
import static io.patchway.baseline.PatchBuilder.LONG_AGO;
import static io.patchway.baseline.PatchBuilder.rpm;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.server.OperatingSystem;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockedNamesTest {
    private static List<String> blocked(BaselineBuilder baseline, Host host) {
        return BlockedNames.of(baseline.build(), host.evaluate(baseline));
    }

    @Test
    void namesAndNamePatternsAreBlockedAsTheyAre() {
        assertThat(blocked(forRedHat().blocked("nss*", "kernel", "libstdc++"), new Host()))
                .containsExactly("kernel", "libstdc++", "nss*");
    }

    @Test
    void nothingIsBlockedWhenRejectedPatchesMayBeDependencies() {
        assertThat(blocked(forRedHat().rejected("nss*"), new Host())).isEmpty();
    }

    @Test
    void aPackageThatIsRejectedInOneVersionIsBlockedByItsName() {
        Host host = new Host().offers(rpm("nss", "1:3.90-2").security("Low"));
        assertThat(blocked(forRedHat().rule().blocked("nss-1:3.90-2.x86_64"), host))
                .containsExactly("nss");
    }

    @Test
    void aPackageThatIsWantedInAnotherVersionIsNotBlocked() {
        Host host = new Host()
                .has("nss", "3.89-1")
                .offers(
                        rpm("nss", "1:3.90-1").security("Low"),
                        rpm("nss", "1:3.90-2").security("Low"));
        assertThat(blocked(forRedHat().rule().blocked("nss-1:3.90-2.x86_64"), host))
                .isEmpty();
    }

    @Test
    void thePackagesOfARejectedSusePatchAreBlocked() {
        Host host = new Host().offers(rpm("zlib", "1.2.13-2").advisory("SUSE-2026-1", "Security", "Low", LONG_AGO));
        assertThat(blocked(on(OperatingSystem.SUSE).rule().blocked("SUSE-2026-1"), host))
                .contains("zlib");
    }
}
