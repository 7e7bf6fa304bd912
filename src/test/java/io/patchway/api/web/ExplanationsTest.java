package io.patchway.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.SettableClock;
import io.patchway.baseline.BaselineBuilder;
import io.patchway.baseline.FilterKey;
import io.patchway.baseline.KnownBaselines;
import io.patchway.baseline.PatchBuilder;
import io.patchway.explain.KeptScans;
import io.patchway.explain.PatchExplainer;
import io.patchway.explain.ScannedHost;
import io.patchway.run.RequestDesks;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why a patch is or is not for a server, as the API tells it. */
class ExplanationsTest {
    @TempDir
    Path folder;

    private final KeptScans scans = new KeptScans();
    private final KnownBaselines baselines = new KnownBaselines();
    private ApiDoor door;

    @BeforeEach
    void open() throws Exception {
        baselines.add(BaselineBuilder.forRedHat()
                .rule(BaselineBuilder.filter(FilterKey.CLASSIFICATION, "Security"))
                .rejected("bash")
                .build());
        scans.keep(new ScannedHost("web-01", "2026-11-20T08:00:00Z")
                .has("openssl", "3.0.7-1.el9")
                .has("bash", "5.1-1.el9")
                .gotFromARun("curl", "7.76-1.el9")
                .offers(PatchBuilder.rpm("bash", "5.2-1.el9").security("Low"))
                .offers(PatchBuilder.rpm("openssl", "3.0.9-1.el9").security("Important"))
                .stored());
        PatchExplainer explainer =
                new PatchExplainer(baselines, scans, new SettableClock(Instant.parse("2026-11-21T12:00:00Z")));
        door = new ApiDoor(folder, new ExplanationsResource(RequestDesks.inventory(), explainer));
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void tellsTheRuleThatApprovesAPatchAndWhyThisBaselineCounts() throws Exception {
        JsonNode why = door.get("/api/servers/web-01/patches/openssl.x86_64/why");

        assertThat(why.at("/baseline/chosenBecause").asText())
                .isEqualTo("it is the default for REDHAT_ENTERPRISE_LINUX");
        assertThat(why.at("/packages/0/state").asText()).isEqualTo("MISSING");
        assertThat(why.at("/packages/0/wouldInstall").asText()).isEqualTo("3.0.9-1.el9");
        assertThat(why.at("/versions/0/decider").asText()).isEqualTo("ApprovalRules[0]");
        assertThat(why.at("/scannedAt").asText()).isEqualTo("2026-11-20T08:00:00Z");
    }

    @Test
    void tellsWhatRejectsAPatch() throws Exception {
        JsonNode why = door.get("/api/servers/WEB-01/patches/bash/why");

        assertThat(why.at("/versions/0/verdict").asText()).isEqualTo("REJECTED");
        assertThat(why.at("/versions/0/reason").asText()).contains("RejectedPatches[0] 'bash'");
    }

    @Test
    void knowsWhatAnEarlierRunHasInstalled() throws Exception {
        JsonNode why = door.get("/api/servers/web-01/patches/curl/why");

        assertThat(why.at("/packages/0/state").asText()).isEqualTo("INSTALLED");
        assertThat(why.at("/packages/0/reason").asText()).contains("installed by a run");
    }

    @Test
    void anotherBaselineCanBeAsked() throws Exception {
        String id = baselines.add(BaselineBuilder.forRedHat().approved("bash").build());

        JsonNode why = door.get("/api/servers/web-01/patches/bash/why?baseline=" + id);

        assertThat(why.at("/baseline/id").asText()).isEqualTo(id);
        assertThat(why.at("/versions/0/verdict").asText()).isEqualTo("APPROVED");
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        assertThat(door.statusOf("/api/servers/web-99/patches/bash/why")).isEqualTo(404);
        assertThat(door.statusOf("/api/servers/web-02/patches/bash/why")).isEqualTo(404);
        assertThat(door.statusOf("/api/servers/web-01/patches/no-such-package/why"))
                .isEqualTo(404);
        assertThat(door.statusOf("/api/servers/web-01/patches/bash/why?baseline=no-such-baseline"))
                .isEqualTo(400);
    }
}
