package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.patchway.maintenance.MaintenanceChange;
import io.patchway.maintenance.MaintenanceChange.Kind;
import io.patchway.maintenance.MaintenanceMode;
import io.patchway.maintenance.MaintenanceModes;
import io.patchway.maintenance.MaintenanceOrder;
import io.patchway.run.PatchRequest;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunLedger;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunNote;
import io.patchway.run.RunState;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What maintenance modes promise, on every database. */
abstract class MaintenanceContract extends StoreContract {
    private static final ServerId WEB = new ServerId("web-01");
    private static final ServerId DATABASE = new ServerId("db-01");
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Instant LATER = NOON.plus(Duration.ofHours(1));

    private RunLedger ledger;
    private MaintenanceModes modes;

    @BeforeEach
    void openStore() {
        ledger = new SqlRunLedger(database, "patch.example.org");
        modes = new SqlMaintenanceModes(database, "node-1", LONGEST);
    }

    @Test
    void aUserEntersAndLeavesIt() {
        long entered = enter(WEB, "alice", Optional.empty(), NOON).orElseThrow();

        assertThat(modes.of(WEB))
                .contains(new MaintenanceMode(WEB, NOON, NOON.plus(LONGEST), "alice", "new disk", Optional.empty()));
        assertThat(modes.all()).extracting(MaintenanceMode::server).containsExactly(WEB);
        long left = leave(WEB, "bob", LATER).orElseThrow();
        assertThat(modes.of(WEB)).isEmpty();
        assertThat(modes.all()).isEmpty();
        assertThat(left).isGreaterThan(entered);
        assertThat(modes.change(entered)).contains(modes.history(WEB, 10).get(1));
        assertThat(modes.history(WEB, 10))
                .extracting(MaintenanceChange::number, MaintenanceChange::kind, MaintenanceChange::by)
                .containsExactly(tuple(left, Kind.LEFT, "bob"), tuple(entered, Kind.ENTERED, "alice"));
        assertThat(modes.change(entered - 1)).isEmpty();
        assertThat(audit())
                .containsExactly(
                        "alice maintenance.entered server web-01 until " + NOON.plus(LONGEST) + ": new disk",
                        "bob maintenance.left server web-01 done");
    }

    @Test
    void whatIsSoAlreadyIsNoChange() {
        Instant end = NOON.plusSeconds(60);
        assertThat(leave(WEB, "alice", NOON)).isEmpty();
        enter(WEB, "alice", Optional.of(end), NOON);

        assertThat(enter(WEB, "bob", Optional.empty(), LATER)).isEmpty();
        assertThat(enter(WEB, "bob", Optional.of(end), LATER)).isEmpty();
        assertThat(modes.history(WEB, 10)).hasSize(1);
        assertThat(modes.of(WEB)).get().extracting(MaintenanceMode::by).isEqualTo("alice");
    }

    @Test
    void anotherEndIsAChange() {
        enter(WEB, "alice", Optional.empty(), NOON);

        assertThat(enter(WEB, "bob", Optional.of(LATER), NOON.plusSeconds(1))).isPresent();
        assertThat(modes.of(WEB)).contains(new MaintenanceMode(WEB, NOON, LATER, "bob", "new disk", Optional.empty()));
    }

    @Test
    void manyServersAreChangedTogetherAndEachHasANumberOfItsOwn() {
        enter(WEB, "alice", Optional.empty(), NOON);
        Map<ServerId, Long> numbers = modes.set(
                Map.of(
                        WEB, MaintenanceOrder.leave("bob", "done"),
                        DATABASE, MaintenanceOrder.enter("bob", "new disk", Optional.empty())),
                LATER);

        assertThat(numbers).containsOnlyKeys(WEB, DATABASE);
        assertThat(numbers.get(WEB)).isNotEqualTo(numbers.get(DATABASE));
        assertThat(modes.all()).extracting(MaintenanceMode::server).containsExactly(DATABASE);
    }

    @Test
    void aRunEntersItWithItsStepAndLeavesItAfterSuccess() {
        PatchRequest request = accepted();
        step(entering(NOON), NOON);

        assertThat(modes.of(WEB))
                .contains(new MaintenanceMode(
                        WEB,
                        NOON,
                        NOON.plus(LONGEST),
                        "Jürgen Müller",
                        "being patched",
                        Optional.of(request.id().value())));
        step(ending(RunState.SUCCEEDED), LATER);
        assertThat(modes.of(WEB)).isEmpty();
        assertThat(modes.leftOnBy(request.id().value())).isEmpty();
        assertThat(notes(request))
                .containsExactly(
                        "ready",
                        "maintenance mode entered, until " + NOON.plus(LONGEST) + " at most",
                        "maintenance mode left",
                        "the end");
        assertThat(alerts()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = RunState.class,
            names = {"FAILED", "PARTIAL", "UNKNOWN", "DEFERRED", "CANCELLED", "NO_PROGRESS", "SUCCEEDED_REBOOT_PENDING"
            })
    void afterAnyOtherEndItStaysOnWithAnAlert(RunState verdict) {
        PatchRequest request = accepted();
        step(entering(NOON), NOON);
        step(ending(verdict), LATER);

        Instant expiry = LATER.plus(LONGEST);
        String line = "maintenance mode stays on, because the run ended " + verdict + "; it expires at " + expiry;
        assertThat(modes.of(WEB)).get().extracting(MaintenanceMode::until).isEqualTo(expiry);
        assertThat(modes.leftOnBy(request.id().value())).containsExactly(WEB);
        assertThat(notes(request)).containsSequence(line, "the end");
        assertThat(alerts()).containsExactly("alert.raised server web-01 left in maintenance: " + line);
    }

    @Test
    void aRunThatCannotBeReadLeavesItOn() {
        PatchRequest request = accepted();
        step(entering(NOON), NOON);
        ledger.abandon(claim(LATER), "cannot be read", LATER);

        assertThat(modes.leftOnBy(request.id().value())).containsExactly(WEB);
        assertThat(alerts()).hasSize(1);
    }

    @Test
    void whatAUserHasSetBeforeARunStaysAsItWas() {
        enter(WEB, "alice", Optional.of(LATER), NOON);
        MaintenanceMode before = modes.of(WEB).orElseThrow();
        PatchRequest request = accepted();
        step(entering(NOON), NOON);
        assertThat(modes.of(WEB)).contains(before);
        step(ending(RunState.FAILED), NOON);

        assertThat(modes.of(WEB)).contains(before);
        assertThat(notes(request))
                .containsExactly("ready", "maintenance mode was set by alice and stays as it is", "the end");
        assertThat(modes.history(WEB, 10)).hasSize(1);
        assertThat(alerts()).isEmpty();
    }

    @Test
    void aUserMayMakeTheModeOfARunHisOwnAndThenItStays() {
        accepted();
        step(entering(NOON), NOON);
        assertThat(enter(WEB, "alice", Optional.empty(), NOON)).isPresent();
        step(ending(RunState.SUCCEEDED), LATER);

        assertThat(modes.of(WEB)).get().satisfies(mode -> {
            assertThat(mode.isUsersOwn()).isTrue();
            assertThat(mode.by()).isEqualTo("alice");
        });
    }

    @Test
    void aUserMayEndTheModeOfARunAndThenItIsOver() {
        PatchRequest request = accepted();
        step(entering(NOON), NOON);
        leave(WEB, "alice", NOON);
        step(ending(RunState.FAILED), LATER);

        assertThat(modes.of(WEB)).isEmpty();
        assertThat(modes.leftOnBy(request.id().value())).isEmpty();
        assertThat(alerts()).isEmpty();
    }

    @Test
    void whatAnEarlierRequestLeftOnIsTakenOverAndLeftAfterSuccess() {
        accepted();
        step(entering(NOON), NOON);
        step(ending(RunState.FAILED), NOON);
        PatchRequest next = accepted();
        step(entering(LATER), LATER);

        assertThat(modes.of(WEB)).get().satisfies(mode -> {
            assertThat(mode.request()).contains(next.id().value());
            assertThat(mode.since()).isEqualTo(LATER);
        });
        step(ending(RunState.SUCCEEDED), LATER);
        assertThat(modes.of(WEB)).isEmpty();
        assertThat(modes.history(WEB, 10))
                .extracting(MaintenanceChange::kind)
                .containsExactly(Kind.LEFT, Kind.TAKEN_OVER, Kind.LEFT_ON, Kind.ENTERED);
    }

    @Test
    void aStepWhoseClaimWasLostChangesNothing() {
        accepted();
        Claim claim = claim(NOON);
        ServerRun run = ledger.load(claim).orElseThrow();
        ledger.giveBackAll("node", NOON);

        assertThat(ledger.commit(claim, entering(NOON).of(run), NOON)).isFalse();
        assertThat(modes.of(WEB)).isEmpty();
        assertThat(modes.history(WEB, 10)).isEmpty();
    }

    @Test
    void neitherStepNorModeIsThereWhenTheirTransactionFails() {
        PatchRequest request = accepted();
        Claim claim = claim(NOON);
        ServerRun run = ledger.load(claim).orElseThrow();
        database.inTransaction(handle -> handle.execute("alter table maintenance_change rename to broken"));

        assertThatThrownBy(() -> ledger.commit(claim, entering(NOON).of(run), NOON))
                .isNotNull();
        assertThat(modes.of(WEB)).isEmpty();
        assertThat(ledger.report(request.id()).orElseThrow().runs())
                .extracting(RunReport::state)
                .containsExactly(RunState.QUEUED);
        database.inTransaction(handle -> handle.execute("alter table broken rename to maintenance_change"));
        assertThat(ledger.commit(claim, entering(NOON).of(run), NOON)).isTrue();
        assertThat(modes.history(WEB, 10)).hasSize(1);
    }

    @Test
    void whatNobodyEndsExpiresOnceWithAnAlert() {
        enter(WEB, "alice", Optional.of(LATER), NOON);
        enter(DATABASE, "alice", Optional.of(LATER.plusSeconds(1)), NOON);

        assertThat(modes.expire(LATER.minusSeconds(1))).isEmpty();
        assertThat(modes.expire(LATER)).extracting(MaintenanceMode::server).containsExactly(WEB);
        assertThat(modes.expire(LATER)).isEmpty();
        assertThat(modes.all()).extracting(MaintenanceMode::server).containsExactly(DATABASE);
        assertThat(modes.history(WEB, 1)).extracting(MaintenanceChange::kind).containsExactly(Kind.EXPIRED);
        assertThat(alerts())
                .containsExactly(
                        "alert.raised server web-01 maintenance expired: alice entered it at " + NOON + ": new disk");
    }

    @Test
    void whatARunEnteredDoesNotExpireWhileItIsAtWork() {
        accepted();
        step(entering(NOON), NOON);
        Instant longAfter = NOON.plus(Duration.ofDays(3));

        assertThat(modes.expire(longAfter)).isEmpty();
        step(ending(RunState.FAILED), longAfter);
        assertThat(modes.expire(longAfter.plus(LONGEST))).hasSize(1);
    }

    @Test
    void manyThatWantTheSameAtTheSameTimeMakeOneChange() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Optional<Long>>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(() -> enter(WEB, "alice", Optional.empty(), NOON));
            }
            int changes = 0;
            for (Future<Optional<Long>> call : threads.invokeAll(calls)) {
                changes += call.get().isPresent() ? 1 : 0;
            }
            assertThat(changes).isOne();
        }
        assertThat(modes.history(WEB, 10)).hasSize(1);
    }

    @Test
    void changesGoWithTheHistory() {
        enter(WEB, "alice", Optional.of(LATER), NOON);
        leave(WEB, "alice", NOON.plusSeconds(1));
        enter(DATABASE, "alice", Optional.of(LATER.plusSeconds(1)), LATER);
        SqlArchive archive = new SqlArchive(database, "node-1");

        assertThat(archive.pruneHistory(NOON, 10, LATER)).isFalse();
        assertThat(archive.pruneHistory(LATER, 1, LATER)).isTrue();
        assertThat(modes.history(WEB, 10)).extracting(MaintenanceChange::kind).containsExactly(Kind.LEFT);
        assertThat(archive.pruneHistory(LATER, 10, LATER)).isTrue();
        assertThat(archive.pruneHistory(LATER, 10, LATER)).isFalse();
        assertThat(modes.history(WEB, 10)).isEmpty();
        assertThat(modes.history(DATABASE, 10)).hasSize(1);
    }

    private Optional<Long> enter(ServerId server, String by, Optional<Instant> until, Instant now) {
        return Optional.ofNullable(modes.set(Map.of(server, MaintenanceOrder.enter(by, "new disk", until)), now)
                .get(server));
    }

    private Optional<Long> leave(ServerId server, String by, Instant now) {
        return Optional.ofNullable(modes.set(Map.of(server, MaintenanceOrder.leave(by, "done")), now)
                .get(server));
    }

    private PatchRequest accepted() {
        PatchRequest request = Samples.request("web-01");
        ledger.accept(request, Optional.empty());
        return request;
    }

    private static Step entering(Instant now) {
        return run -> Transition.to(RunState.SCANNING, run, run.memory(), now, "ready")
                .enteringMaintenance(now.plus(LONGEST));
    }

    private static Step ending(RunState verdict) {
        return run -> Transition.to(verdict, run, run.memory(), NOON, "the end");
    }

    private void step(Step step, Instant now) {
        Claim claim = claim(now);
        assertThat(ledger.commit(claim, step.of(ledger.load(claim).orElseThrow()), now))
                .isTrue();
    }

    private Claim claim(Instant now) {
        return ledger.claimDue("node", 1, Duration.ofMinutes(1), now).getFirst();
    }

    private List<String> notes(PatchRequest request) {
        return ledger.report(request.id()).orElseThrow().runs().getFirst().notes().stream()
                .map(RunNote::text)
                .toList();
    }

    private List<String> audit() {
        return lines("actor || ' ' || action || ' ' || subject || ' ' || detail", "maintenance.%");
    }

    private List<String> alerts() {
        return lines("action || ' ' || subject || ' ' || detail", "alert.%");
    }

    private List<String> lines(String columns, String actions) {
        return database.inTransaction(handle -> handle.createQuery(
                        "select " + columns + " from audit_pending where action like :actions order by id")
                .bind("actions", actions)
                .mapTo(String.class)
                .list());
    }

    /** What a step decides about a run. */
    private interface Step {
        Transition of(ServerRun run);
    }
}
