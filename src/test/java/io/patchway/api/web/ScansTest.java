package io.patchway.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.baseline.ComplianceLevel;
import io.patchway.baseline.ComplianceSummary;
import io.patchway.baseline.Evaluation;
import io.patchway.baseline.PackageState;
import io.patchway.baseline.PatchDecision;
import io.patchway.baseline.PatchState;
import io.patchway.compliance.ComplianceRecords;
import io.patchway.compliance.ScanSummary;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import io.patchway.run.Operation;
import io.patchway.run.Page;
import io.patchway.run.RebootOption;
import io.patchway.run.ScanRecord;
import io.patchway.scan.HostFacts;
import io.patchway.scan.ScanResult;
import io.patchway.server.PatchFamily;
import io.patchway.server.ServerId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every scan of a server, read over HTTP. */
class ScansTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final ServerId WEB = new ServerId("web-01");
    private static final PackageKey OPENSSL = new PackageKey("openssl", "x86_64");
    private static final PackageVersion OLD = PackageVersion.rpm("1.0-1");
    private static final HostFacts HOST =
            new HostFacts("web-01", "rocky", "9.4", "Rocky Linux 9.4", "x86_64", "5.14", "b", Duration.ZERO, "dnf 4");

    @TempDir
    Path folder;

    private ApiDoor door;

    @BeforeEach
    void openDoor() throws Exception {
        door = new ApiDoor(folder, new ScansResource(new TwoScans()));
    }

    @AfterEach
    void closeDoor() {
        door.close();
    }

    @Test
    void scansAreListedTheNewestFirstAndPageByPage() throws Exception {
        JsonNode first = door.get("/api/servers/web-01/scans?limit=1");
        JsonNode second = door.get(first.path("next").asText());

        assertThat(first.at("/scans/0/scan").asLong()).isEqualTo(2);
        assertThat(first.at("/scans/0/counts/MISSING").asInt()).isOne();
        assertThat(first.at("/scans/0/compliant").asBoolean()).isFalse();
        assertThat(first.at("/scans/0/severity").asText()).isEqualTo("HIGH");
        assertThat(second.at("/scans/0/scan").asLong()).isEqualTo(1);
        assertThat(second.path("next").isMissingNode()).isTrue();
    }

    @Test
    void aScanSaysWhatAnInstallWouldBring() throws Exception {
        JsonNode scan = door.get("/api/servers/web-01/scans/2");

        assertThat(scan.path("server").asText()).isEqualTo("web-01");
        assertThat(scan.at("/wouldInstall/0").toString())
                .isEqualTo("{\"name\":\"openssl\",\"arch\":\"x86_64\",\"before\":\"1.0-1\",\"after\":\"1.1-1\"}");
        assertThat(scan.at("/packages/0/state").asText()).isEqualTo("MISSING");
        assertThat(scan.at("/packages/0/reason").asText()).isEqualTo("because");
    }

    @Test
    void aScanWhoseDetailsAreGoneIsStillThereInFigures() throws Exception {
        JsonNode scan = door.get("/api/servers/web-01/scans/1");

        assertThat(scan.at("/counts/MISSING").asInt()).isOne();
        assertThat(scan.path("packages").isMissingNode()).isTrue();
    }

    @Test
    void otherScansAreNotFound() throws Exception {
        assertThat(door.statusOf("/api/servers/web-01/scans/3")).isEqualTo(404);
        assertThat(door.statusOf("/api/servers/web-01/scans/last")).isEqualTo(404);
        assertThat(door.statusOf("/api/servers/-/scans")).isEqualTo(404);
    }

    /** Scan 2 with its details, scan 1 without. */
    private static final class TwoScans implements ComplianceRecords {
        private static final Evaluation EVALUATION = new Evaluation(
                List.of(),
                List.of(new PackageState(
                        OPENSSL,
                        PatchState.MISSING,
                        Optional.of(OLD),
                        Optional.of(update()),
                        ComplianceLevel.HIGH,
                        new PatchDecision.Reason("ApprovalRules[0]", "because"))));

        private static Patch update() {
            return new Patch(
                    OPENSSL,
                    PackageVersion.rpm("1.1-1"),
                    Optional.of(OLD),
                    "baseos",
                    List.of(),
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty());
        }

        private static ScanSummary summary(long scan) {
            return new ScanSummary(
                    scan,
                    WEB,
                    Optional.empty(),
                    NOON,
                    NOON.plusSeconds(scan),
                    Operation.SCAN,
                    RebootOption.IF_NEEDED,
                    Optional.empty(),
                    "web-baseline",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    ComplianceSummary.of(EVALUATION),
                    HOST,
                    Optional.empty());
        }

        @Override
        public Optional<ScanSummary> inForce(ServerId server) {
            return find(server, 2);
        }

        @Override
        public List<ScanSummary> inForce(Collection<ServerId> servers) {
            return servers.contains(WEB) ? List.of(summary(2)) : List.of();
        }

        @Override
        public Set<ServerId> rebootDue(Collection<ServerId> servers) {
            return Set.of();
        }

        @Override
        public Page<ScanSummary> history(ServerId server, Optional<String> cursor, int limit) {
            return cursor.isEmpty()
                    ? new Page<>(List.of(summary(2)), Optional.of("2"))
                    : new Page<>(List.of(summary(1)), Optional.empty());
        }

        @Override
        public Optional<ScanSummary> find(ServerId server, long scan) {
            return server.equals(WEB) && scan <= 2 ? Optional.of(summary(scan)) : Optional.empty();
        }

        @Override
        public Optional<ScanRecord> details(long scan) {
            ScanResult result = new ScanResult(
                    NOON, PatchFamily.YUM, HOST, List.of(), List.of(), Set.of(), List.of(), Optional.empty());
            return Optional.of(new ScanRecord(result, "web-baseline", Optional.empty(), EVALUATION))
                    .filter(record -> scan == 2);
        }
    }
}
