package io.patchway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.baseline.Evaluation;
import io.patchway.baseline.PackageState;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.PatchState;
import io.patchway.patch.PackageKey;
import io.patchway.run.InstallPlan;
import io.patchway.run.PatchOverride;
import io.patchway.run.PatchOverride.BaselineList;
import io.patchway.run.PatchOverride.ServerBaseline;
import io.patchway.run.PatchOverride.ServerBaselines;
import io.patchway.run.RunMemory;
import io.patchway.run.ScanRecord;
import io.patchway.run.ServerStanding;
import io.patchway.server.OperatingSystem;
import io.patchway.server.ServerId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Documents that were stored before baselines had ids, and what was installed its notice. */
class EarlierDocumentsTest {
    @Test
    void theMemoryOfARunStillReadsAndFreezesItsBaselineAnew() {
        RunMemory memory = JsonText.read("""
            {"baseline":{"name":"web-baseline"},"plan":null,"lastInstall":null,"bootId":"b","reboots":1,
             "attempts":2,"installed":[],"installedSinceBoot":[],"missingBefore":["a 1"],"lastError":null}
            """, RunMemory.class);

        assertThat(memory.frozen()).isEmpty();
        assertThat(memory.bootId()).contains("b");
        assertThat(memory.missingBefore()).containsExactly("a 1");
    }

    @Test
    void aPlanStillReadsAndIsForTheServersOwnRepositories() {
        RunMemory memory = JsonText.read("""
            {"plan":{"patches":[],"blocked":["nss*"]},"installed":[],"installedSinceBoot":[],"missingBefore":[]}
            """, RunMemory.class);

        assertThat(memory.plan()).contains(new InstallPlan(List.of(), List.of("nss*")));
    }

    @Test
    void aScanStillReadsAndNamesNoVersionOfItsBaseline() {
        ScanRecord scan = JsonText.read("""
            {"scan":null,"baseline":"web-baseline","evaluation":{"decisions":[],"states":[]}}
            """, ScanRecord.class);

        assertThat(scan.baseline()).isEqualTo("web-baseline");
        assertThat(scan.version()).isEmpty();
        assertThat(scan.evaluation()).isEqualTo(new Evaluation(List.of(), List.of()));
    }

    @Test
    void theStateOfAPackageStillReadsAndHasNoNotice() {
        PackageState state = JsonText.read("""
            {"key":{"name":"curl","arch":"x86_64"},"state":"INSTALLED_PENDING_REBOOT",
             "installed":{"scheme":"RPM","text":"2-1"},"target":null,"level":"UNSPECIFIED",
             "reason":{"decider":"run","text":"installed by a run"}}
            """, PackageState.class);

        assertThat(state.state()).isEqualTo(PatchState.INSTALLED_PENDING_REBOOT);
        assertThat(state.patchNotice()).isEmpty();
    }

    @Test
    void baselinesForAllServersOfARequestStillReadBesideThoseForSingleOnes() {
        PatchOverride read =
                JsonText.read("{\"kind\":\"baselineList\",\"source\":\"x\",\"baselines\":[]}", PatchOverride.class);
        PatchOverride single = new ServerBaselines(
                "y",
                List.of(new ServerBaseline(
                        List.of(new ServerId("web-01")), PatchBaseline.everything(OperatingSystem.DEBIAN))));

        assertThat(read).isEqualTo(new BaselineList("x", List.of()));
        assertThat(JsonText.read(JsonText.of(new Holder(single)), Holder.class).override())
                .isEqualTo(single);
    }

    /** As orders hold one. */
    private record Holder(PatchOverride override) {}

    @Test
    void whatIsKnownOfAServerStillReadsAndWasApproved() {
        ServerStanding standing = JsonText.read("""
            {"bootId":"b","waiting":[{"name":"curl","arch":"x86_64"}],
             "patched":[{"key":{"name":"curl","arch":"x86_64"},"version":{"scheme":"RPM","text":"2-1"}}]}
            """, ServerStanding.class);

        assertThat(standing.approved()).containsExactly(new PackageKey("curl", "x86_64"));
        assertThat(standing.notices()).isEmpty();
    }
}
