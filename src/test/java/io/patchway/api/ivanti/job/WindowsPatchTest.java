package io.patchway.api.ivanti.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.api.ivanti.PatchIds;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.run.PatchChange;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Windows updates are called by their KB number, with which {@code GET /patches?kbs=} finds them as well. */
class WindowsPatchTest {
    private static final PackageKey KEY = new PackageKey("KB5034441", PackageKey.WINDOWS);

    @Test
    void anUpdateOnOfferIsItsNumber() {
        assertThat(PatchIds.kb(KEY, PackageVersion.windows("2026.1.9.200"))).isEqualTo("KB5034441");
    }

    @Test
    void aChangeIsItsNumberWhateverItsVersion() {
        PatchChange change = new PatchChange(
                1,
                KEY,
                Optional.empty(),
                "",
                PatchChange.Outcome.INSTALLED,
                "SecurityUpdates",
                "Critical",
                List.of(),
                List.of(),
                "2026-01 Security Update",
                "");

        assertThat(DeploymentModels.kb(change, false)).isEqualTo("KB5034441");
    }
}
