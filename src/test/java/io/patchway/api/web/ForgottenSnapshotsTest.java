package io.patchway.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.audit.RecordingAuditLog;
import io.patchway.baseline.KnownBaselines;
import io.patchway.config.ListedServers;
import io.patchway.run.AdmissionLimit;
import io.patchway.run.ExecutionIds;
import io.patchway.run.InMemoryRunLedger;
import io.patchway.run.RequestDesk;
import io.patchway.run.Rollouts;
import io.patchway.run.RunId;
import io.patchway.run.machine.BusyServers;
import io.patchway.run.machine.ForgottenSnapshots;
import io.patchway.run.machine.InMemoryMachines;
import io.patchway.run.machine.MachineDesk;
import io.patchway.run.machine.MachineJudge;
import io.patchway.run.machine.Probe;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot that cannot be deleted need not keep its server from others for ever. */
class ForgottenSnapshotsTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final ServerId WEB = new ServerId("web-01");
    private static final String SNAPSHOT = "/api/servers/web-01/snapshots/web-01.1";

    @TempDir
    Path folder;

    private final InMemoryMachines memory = new InMemoryMachines();
    private final RecordingAuditLog audit = new RecordingAuditLog();
    private final Set<ServerId> worked = new HashSet<>();
    private ApiDoor door;

    @BeforeEach
    void open() throws Exception {
        Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
        InMemoryRunLedger ledger = new InMemoryRunLedger();
        ListedServers inventory = new ListedServers(List.of(
                new Server(WEB, "web", Set.of(), Map.of(), Optional.empty(), false, new ConnectionSettings.Local())));
        RequestDesk requests = new RequestDesk(
                inventory,
                new KnownBaselines(),
                List::of,
                new Rollouts(inventory, List.of(), 0),
                ledger,
                new AdmissionLimit(AdmissionLimit.DEFAULT),
                clock);
        BusyServers busy = servers -> worked;
        Probe probe = new Probe(server -> "boot-1", Duration.ofSeconds(1));
        MachineDesk desk = new MachineDesk(
                inventory, requests, ledger, new MachineJudge(memory.machines(), probe, busy, clock), audit);
        door = new ApiDoor(
                folder,
                new PowerResource(
                        inventory,
                        desk,
                        memory.machines(),
                        new ForgottenSnapshots(memory, busy, audit),
                        ExecutionIds.STANDARD,
                        ledger,
                        clock));
        memory.promise(RunId.next(), WEB, "web-01.1", NOON, NOON.plus(Duration.ofDays(7)));
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void anAdministratorForgetsASnapshotAndTheAuditLogKnows() throws Exception {
        assertThat(door.delete(SNAPSHOT + "?forget=true")).isEqualTo(204);

        assertThat(memory.of(WEB)).isEmpty();
        assertThat(audit.lines())
                .singleElement()
                .asString()
                .contains("api 127.0.0.1", "snapshot.forgotten", "server web-01", "web-01.1, which was not deleted");
        assertThat(door.delete(SNAPSHOT + "?forget=true")).isEqualTo(404);
    }

    @Test
    void nothingIsForgottenUnlessThatIsSaidOfARightNameWhileNothingIsDoneThere() throws Exception {
        assertThat(door.delete(SNAPSHOT)).isEqualTo(400);
        assertThat(door.delete("/api/servers/web-01/snapshots/web-01.2?forget=true"))
                .isEqualTo(404);
        assertThat(door.delete("/api/servers/nobody/snapshots/web-01.1?forget=true"))
                .isEqualTo(404);
        worked.add(WEB);
        assertThat(door.delete(SNAPSHOT + "?forget=true")).isEqualTo(409);

        assertThat(memory.of(WEB)).isPresent();
        assertThat(audit.lines()).isEmpty();
    }
}
