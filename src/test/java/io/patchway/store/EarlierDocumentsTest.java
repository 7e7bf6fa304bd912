package io.patchway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.baseline.Evaluation;
import io.patchway.run.InstallPlan;
import io.patchway.run.RunMemory;
import io.patchway.run.ScanRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Documents that were stored before baselines had ids. */
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
}
