package io.patchway.api.ssm.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.api.FrontDoor;
import io.patchway.api.ssm.NewestScans;
import io.patchway.api.ssm.NodeIds;
import io.patchway.api.ssm.SsmException;
import io.patchway.api.ssm.SsmJson;
import io.patchway.api.ssm.baseline.SnapshotOperations.DeployableSnapshot;
import io.patchway.api.ssm.baseline.SnapshotOperations.GetDeployableSnapshot;
import io.patchway.explain.ScannedHost;
import io.patchway.server.ServerId;
import io.patchway.store.SqlBaselineSnapshots;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotOperationsTest {
    private static final String NODE = NodeIds.of(new ServerId("web-01"));
    private static final UUID SNAPSHOT = UUID.randomUUID();

    private final BaselineStore store = new BaselineStore();
    private final SqlBaselineSnapshots snapshots = new SqlBaselineSnapshots(store.database, store.clock);
    private final SnapshotLinks links = new SnapshotLinks(this::address, store.clock);
    private final SnapshotOperations operations = new SnapshotOperations(
            new NodeIds(NewestScans.inventory("web-01", "web-02")),
            NewestScans.of(new ScannedHost("web-01", "2026-03-01T00:00:00Z").stored()),
            store.baselines,
            snapshots,
            links,
            store.clock);
    private FrontDoor door;

    @BeforeEach
    void open() {
        door = new FrontDoor(List.of(new SnapshotPage(snapshots, links))).start("127.0.0.1", 0);
    }

    @AfterEach
    void close() {
        door.close();
        store.close();
    }

    @Test
    void theLinkLeadsToTheBaselineOfThePatchGroupAsItWasWhenTheSnapshotWasTaken() throws Exception {
        String own = store.create("""
            {"Name": "web", "OperatingSystem": "REDHAT_ENTERPRISE_LINUX", "ApprovedPatches": ["bash"],
             "Sources": [{"Name": "own", "Products": ["*"], "Configuration": "password=secret"}]}
            """);
        PatchGroupOperations groups = new PatchGroupOperations(store.baselines, store.catalogue, BaselineStore.NAMES);
        groups.register(BaselineStore.ALICE, new PatchGroupOperations.Registration(own, "production"));

        DeployableSnapshot taken = get(Optional.empty());
        store.operations()
                .update(
                        BaselineStore.ALICE,
                        BaselineStore.read(
                                "{\"BaselineId\":\"" + own + "\",\"ApprovedPatches\":[]}", UpdatePatchBaseline.class));

        assertThat(taken.product()).isEqualTo("RedhatEnterpriseLinux9.4");
        HttpResponse<String> answer = fetch(get(Optional.empty()).snapshotDownloadUrl());
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode document = SsmJson.mapper().readTree(answer.body());
        assertThat(document.path("SnapshotId").asText()).isEqualTo(SNAPSHOT.toString());
        assertThat(document.path("BaselineId").asText()).isEqualTo(own);
        assertThat(document.path("BaselineVersion").asInt()).isOne();
        assertThat(document.path("ApprovedPatches")).hasSize(1);
        assertThat(answer.body()).doesNotContain("secret");
    }

    @Test
    void aLinkIsGoodForADayAndCannotBeProlongedOrGuessed() throws Exception {
        String url = get(Optional.empty()).snapshotDownloadUrl();

        assertThat(fetch(url.replaceAll("expires=([0-9]+)", "expires=9$1")).statusCode())
                .isEqualTo(403);
        assertThat(fetch(url.replaceAll("signature=.*", "signature=")).statusCode())
                .isEqualTo(403);
        assertThat(fetch(url.replaceAll("[?].*", "")).statusCode()).isEqualTo(403);
        assertThat(fetch(url.replaceAll("snapshots/[^?]*", "snapshots/" + UUID.randomUUID()))
                        .statusCode())
                .isEqualTo(403);
        assertThat(fetch(url.replaceAll("snapshots/[^?]*", "snapshots/none")).statusCode())
                .isEqualTo(403);
        store.clock.advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(fetch(url).statusCode()).isEqualTo(200);
        store.clock.advance(Duration.ofSeconds(1));
        assertThat(fetch(url).statusCode()).isEqualTo(403);
    }

    @Test
    void aBaselineThatTheCallBringsAlongIsASnapshotOfItsOwn() throws Exception {
        BaselineOverride override = BaselineStore.read("{\"RejectedPatches\":[\"kernel*\"]}", BaselineOverride.class);

        String overridden = get(Optional.of(override)).snapshotDownloadUrl();

        assertThat(fetch(overridden).body()).contains("kernel*").doesNotContain("BaselineId");
        assertThat(fetch(get(Optional.empty()).snapshotDownloadUrl()).body()).doesNotContain("kernel*");
    }

    @Test
    void aNodeThatWasNeverScannedHasNoKnownSystem() {
        String never = NodeIds.of(new ServerId("web-02"));

        assertThatThrownBy(() -> operations.get(new GetDeployableSnapshot(never, SNAPSHOT, Optional.empty())))
                .isInstanceOfSatisfying(
                        SsmException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("UnsupportedOperatingSystem"));
    }

    private DeployableSnapshot get(Optional<BaselineOverride> override) {
        return operations.get(new GetDeployableSnapshot(NODE, SNAPSHOT, override));
    }

    private String address() {
        return "http://127.0.0.1:" + door.port();
    }

    private static HttpResponse<String> fetch(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
