package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.run.MachineOrders;
import io.patchway.run.MailOutbox.Kind;
import io.patchway.run.Operation;
import io.patchway.run.OperationId;
import io.patchway.run.PatchRequest;
import io.patchway.run.PatchRequest.WindowSpan;
import io.patchway.run.RunId;
import io.patchway.run.RunLedger;
import io.patchway.run.ServersBusyException;
import io.patchway.run.Webhook;
import io.patchway.run.machine.CommandEnding;
import io.patchway.run.machine.PowerState;
import io.patchway.run.machine.Snapshot;
import io.patchway.server.ServerId;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What is remembered of machines, on every database. */
abstract class MachinesContract extends StoreContract {
    private static final ServerId WEB = new ServerId("web-01");
    private static final Instant LATER = NOON.plus(Duration.ofDays(7));

    @Test
    void aCommandBeginsOnceAndIsRememberedWithItsEnd() {
        SqlCommandMemory memory = new SqlCommandMemory(database);
        RunId run = run();
        OperationId operation = OperationId.ofMachine(run, Operation.POWER_ON);

        assertThat(memory.begun(operation)).isFalse();
        assertThat(memory.begin(run, operation, NOON)).isTrue();
        assertThat(memory.begin(run, operation, NOON)).isFalse();
        assertThat(memory.begun(operation)).isTrue();
        assertThat(memory.ending(operation)).isEmpty();

        memory.ended(operation, new CommandEnding(CommandEnding.Kind.ENDED, 3, "said\u0000 this"), NOON);
        assertThat(memory.ending(operation)).hasValueSatisfying(ending -> {
            assertThat(ending.kind()).isEqualTo(CommandEnding.Kind.ENDED);
            assertThat(ending.status()).isEqualTo(3);
            assertThat(ending.output()).contains("said");
        });
    }

    @Test
    void aMachineIsStartedUntilSomethingElseIsRemembered() {
        SqlPowerStates states = new SqlPowerStates(database);
        assertThat(states.stateOf(WEB)).isEqualTo(PowerState.STARTED);

        states.remember(WEB, PowerState.PAUSED, NOON);
        states.remember(WEB, PowerState.STOPPED, NOON);
        assertThat(states.stateOf(WEB)).isEqualTo(PowerState.STOPPED);
        assertThat(states.notStarted()).containsExactly(WEB);

        states.remember(WEB, PowerState.STARTED, NOON);
        assertThat(states.notStarted()).isEmpty();
    }

    @Test
    void thereIsOneSnapshotOfAMachineWhichItsRunMayPromiseAgain() {
        SqlSnapshots snapshots = new SqlSnapshots(database);
        RunId run = RunId.next();

        assertThat(snapshots.promise(run, WEB, "web-01.1", NOON, LATER)).isTrue();
        assertThat(snapshots.promise(run, WEB, "web-01.1", NOON, LATER)).isTrue();
        assertThat(snapshots.promise(RunId.next(), WEB, "web-01.2", NOON, LATER))
                .isFalse();
        assertThat(snapshots.of(WEB).orElseThrow().certain()).isFalse();

        snapshots.made(WEB, "web-01.1");
        Snapshot made = snapshots.of(WEB).orElseThrow();
        assertThat(made.certain()).isTrue();
        assertThat(made.expiresAt()).isEqualTo(LATER);

        snapshots.gone(WEB, "another");
        assertThat(snapshots.of(WEB)).isPresent();
        snapshots.gone(WEB, "web-01.1");
        assertThat(snapshots.of(WEB)).isEmpty();
        assertThat(snapshots.promise(RunId.next(), WEB, "web-01.3", NOON, LATER))
                .isTrue();
        assertThat(snapshots.of(WEB).orElseThrow().number()).isGreaterThan(made.number());
    }

    @Test
    void anExpiredSnapshotIsTakenByOneNodeAndAgainLater() {
        SqlSnapshots snapshots = new SqlSnapshots(database);
        snapshots.promise(RunId.next(), WEB, "web-01.1", NOON, LATER);
        Duration hour = Duration.ofHours(1);

        assertThat(snapshots.claimExpired(10, hour, LATER.minusSeconds(1))).isEmpty();
        assertThat(snapshots.claimExpired(10, hour, LATER))
                .extracting(Snapshot::server)
                .containsExactly(WEB);
        assertThat(snapshots.claimExpired(10, hour, LATER)).isEmpty();
        Instant next = LATER.plus(hour);
        for (int pause : List.of(1, 2, 4, 8, 16, 24, 24)) {
            assertThat(snapshots.claimExpired(10, hour, next.minusSeconds(1))).isEmpty();
            assertThat(snapshots.claimExpired(10, hour, next)).hasSize(1);
            next = next.plus(hour.multipliedBy(pause));
        }
    }

    @Test
    void aServerIsBusyUntilWhatIsDoneToItsMachineHasEnded() {
        run();
        assertThat(busy(NOON)).containsExactly(WEB);

        SqlRunLedger ledger = new SqlRunLedger(database, "patch.example.org");
        ledger.claimDue("node", 1, Duration.ofMinutes(1), NOON)
                .forEach(claim -> ledger.abandon(claim, "unreadable", NOON));
        assertThat(busy(NOON)).isEmpty();
        assertThat(new SqlBusyServers(database, Clock.systemUTC()).among(List.of()))
                .isEmpty();
    }

    @Test
    void aRunThatWaitsForItsWindowKeepsNobodyOffUntilThatOpens() {
        SqlRunLedger ledger = new SqlRunLedger(database, "patch.example.org");
        WindowSpan window = new WindowSpan("night", LATER, LATER.plusSeconds(60), LATER.plusSeconds(600));
        ledger.accept(Samples.windowRequest(window, WEB.value()), Optional.empty());
        assertThat(busy(NOON)).isEmpty();
        assertThat(busy(LATER)).containsExactly(WEB);
    }

    @Test
    void aRunKeepsOthersOffWhenItIsDueAndWhileItWorksButNotWhileItWaits() {
        SqlRunLedger ledger = new SqlRunLedger(database, "patch.example.org");
        ledger.accept(Samples.request(WEB.value()), Optional.empty());
        assertThat(busy(NOON)).containsExactly(WEB);

        database.inTransaction(handle -> handle.execute("update server_run set clearance = 'WAITING', due_at = null"));
        assertThat(busy(NOON)).isEmpty();

        database.inTransaction(handle -> handle.execute(
                "insert into server_occupation (server_id, run_id) select server_id, id from server_run"));
        assertThat(busy(NOON)).containsExactly(WEB);
    }

    @Test
    void ofTwoCallsAtTheSameTimeOneFindsTheServerBusy() throws Exception {
        SqlRunLedger ledger = new SqlRunLedger(database, "patch.example.org");
        List<Callable<RunLedger.Acceptance>> calls = Collections.nCopies(
                4, () -> ledger.accept(Samples.machineRequest(MachineOrders.keptFor(7), WEB), Optional.empty()));
        int accepted = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<RunLedger.Acceptance> call : threads.invokeAll(calls)) {
                try {
                    call.get();
                    accepted++;
                } catch (ExecutionException e) {
                    assertThat(e.getCause())
                            .isInstanceOfSatisfying(
                                    ServersBusyException.class,
                                    busy -> assertThat(busy.servers()).containsExactly(WEB));
                }
            }
        }
        assertThat(accepted).isEqualTo(1);
        assertThat(ledger.openRuns()).isEqualTo(1);
    }

    private Set<ServerId> busy(Instant now) {
        return new SqlBusyServers(database, Clock.fixed(now, ZoneOffset.UTC))
                .among(List.of(WEB, new ServerId("web-02")));
    }

    @Test
    void ordersAboutMachinesAreKeptWithTheRequest() {
        SqlRunLedger ledger = new SqlRunLedger(database, "patch.example.org");
        PatchRequest request = Samples.machineRequest(MachineOrders.keptFor(7), WEB);
        ledger.accept(request, Optional.empty());

        PatchRequest kept = ledger.report(request.id()).orElseThrow().request();
        assertThat(kept.special().machine()).isEqualTo(MachineOrders.keptFor(7));
        assertThat(kept.operation()).isEqualTo(Operation.CREATE_SNAPSHOT);
    }

    @Test
    void webhooksAreToldOfWhatIsDoneToMachinesAndMailsOnlyWhereSomebodyAskedForThem() {
        Webhook chat =
                new Webhook("chat", URI.create("https://chat.example.org"), Set.of(Kind.values()), Optional.empty());
        SqlRunLedger ledger = new SqlRunLedger(database, "patch.example.org", List.of(chat), "node-1");
        PatchRequest silent = Samples.machineRequest(MachineOrders.keptFor(7), WEB);
        PatchRequest told = Samples.machineRequest(MachineOrders.NONE, new ServerId("web-02"), "ops@example.org");

        ledger.accept(silent, Optional.empty());
        ledger.accept(told, Optional.empty());
        ledger.claimDue("node", 2, Duration.ofMinutes(1), NOON)
                .forEach(claim -> ledger.abandon(claim, "unreadable", NOON));

        assertThat(promised(silent)).containsExactly("WEBHOOK REQUESTED", "WEBHOOK VERDICT");
        assertThat(promised(told))
                .containsExactly("MAIL REQUESTED", "MAIL VERDICT", "WEBHOOK REQUESTED", "WEBHOOK VERDICT");
    }

    private List<String> promised(PatchRequest request) {
        return database.inTransaction(handle -> handle.createQuery(
                        "select channel || ' ' || kind from outbox_entry where request_id = :request order by 1")
                .bind("request", request.id().value())
                .mapTo(String.class)
                .list());
    }

    private RunId run() {
        SqlRunLedger ledger = new SqlRunLedger(database, "patch.example.org");
        return ledger.accept(Samples.machineRequest(MachineOrders.keptFor(7), WEB), Optional.empty())
                .runs()
                .getFirst()
                .run();
    }
}
