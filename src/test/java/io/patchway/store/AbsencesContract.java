package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.SettableClock;
import io.patchway.faults.Survives;
import io.patchway.maintenance.MaintenanceOrder;
import io.patchway.run.AbsenceWatch;
import io.patchway.run.MailOutbox;
import io.patchway.run.MailOutbox.Kind;
import io.patchway.run.MailOutbox.PendingMail;
import io.patchway.run.PatchRequest;
import io.patchway.run.RunLedger;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunNote;
import io.patchway.run.RunState;
import io.patchway.run.ServerRun;
import io.patchway.run.SimulatedServer;
import io.patchway.run.Transition;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of servers that did not return in time, on every database. */
abstract class AbsencesContract extends StoreContract {
    private static final String BEFORE = "boot-0";

    private final SettableClock clock = new SettableClock(NOON);
    private final SimulatedServer server = new SimulatedServer(Map.of("one", "2-1"));
    private RunLedger ledger;
    private MailOutbox outbox;
    private AbsenceWatch watch;

    @BeforeEach
    void openWatch() {
        ledger = new SqlRunLedger(database, "patch.example.org");
        outbox = new SqlMailOutbox(database, "node");
        watch = new AbsenceWatch(
                new SqlAbsences(database, "patch.example.org", List.of(), "node"), new AnyServer(), server, clock);
    }

    @Test
    @Survives(2)
    void serversThatReturnLateAreToldInTheirTimeLinesAndInOneFurtherMail() {
        PatchRequest request = notReturning("web-01", "web-02");
        server.goDown();
        look(Duration.ofMinutes(1));
        server.comeUp();
        look(Duration.ofMinutes(1));

        assertThat(ledger.report(request.id()).orElseThrow().runs()).allSatisfy(run -> {
            assertThat(run.state()).isEqualTo(RunState.FAILED);
            assertThat(run.notes())
                    .last()
                    .extracting(RunNote::text)
                    .isEqualTo("returned late: back with a new boot id, 2 min after the verdict");
        });
        assertThat(mailsUntil(Duration.ofMinutes(1))).containsExactly(Kind.REQUESTED, Kind.VERDICT);
        assertThat(mailsUntil(Duration.ofMinutes(2))).containsExactly(Kind.RETURNED);
        look(Duration.ofDays(2));
        assertThat(mailsUntil(Duration.ofDays(9))).isEmpty();
    }

    @Test
    @Survives(2)
    void anAbsentServerIsLookedForEachMinuteThenEachFiveAndAfterADayNoMore() {
        PatchRequest request = notReturning("web-01");
        server.goDown();
        int looks = 0;
        for (int minute = 0; minute < 26 * 60; minute++) {
            looks += look(Duration.ofMinutes(1));
        }

        assertThat(looks).isBetween(60 + 23 * 12 - 5, 60 + 23 * 12 + 5);
        assertThat(ledger.report(request.id()).orElseThrow().runs().get(0).notes())
                .last()
                .extracting(RunNote::text)
                .asString()
                .startsWith("not back within 24 h");
    }

    @Test
    @Survives(2)
    void aServerThatStillRunsTheOldBootHasNotReturned() {
        notReturning("web-01");
        server.stay(BEFORE);
        look(Duration.ofMinutes(1));

        assertThat(look(Duration.ofMinutes(1))).isOne();
    }

    @Test
    @Survives({2, 11})
    void oneOfTwoNodesLooksAndOneThatDiedIsReplaced() {
        notReturning("web-01");
        clock.advance(Duration.ofMinutes(1));

        assertThat(watch.claimDue()).hasSize(1);
        assertThat(watch.claimDue()).isEmpty();
        clock.advance(Duration.ofMinutes(5));
        assertThat(watch.claimDue()).hasSize(1);
    }

    @Test
    void aUsersMaintenanceModeSilencesTheNewsOfAServerAndOfNoOther() {
        PatchRequest request = notReturning("web-01", "web-02");
        enterMaintenance("web-01");
        server.goDown();
        look(Duration.ofMinutes(1));
        server.comeUp();
        look(Duration.ofMinutes(1));

        assertThat(ledger.report(request.id()).orElseThrow().runs())
                .extracting(run -> run.notes().getLast().text().startsWith(AbsenceWatch.RETURNED))
                .containsExactly(false, true);
        assertThat(alerts()).containsExactlyInAnyOrder("alert.silenced server web-01", "alert.raised server web-02");
        assertThat(mailsUntil(Duration.ofMinutes(3))).containsExactly(Kind.REQUESTED, Kind.VERDICT, Kind.RETURNED);
    }

    @Test
    void noFurtherMailIsSentWhenAllThatReturnAreSilenced() {
        notReturning("web-01");
        enterMaintenance("web-01");
        server.comeUp();
        look(Duration.ofMinutes(1));

        assertThat(alerts()).containsExactly("alert.silenced server web-01");
        assertThat(mailsUntil(Duration.ofDays(9))).containsExactly(Kind.REQUESTED, Kind.VERDICT);
    }

    @Test
    void thatNobodyLooksAnyMoreIsAnAlert() {
        notReturning("web-01");
        server.goDown();
        look(Duration.ofDays(2));

        assertThat(alerts()).containsExactly("alert.raised server web-01");
    }

    private void enterMaintenance(String id) {
        new SqlMaintenanceModes(database, "node", Duration.ofHours(24))
                .set(
                        Map.of(new ServerId(id), MaintenanceOrder.enter("alice", "new disk", Optional.empty())),
                        clock.instant());
    }

    private List<String> alerts() {
        return database.inTransaction(handle -> handle.createQuery(
                        "select action || ' ' || subject from audit_pending where action like 'alert.%'")
                .mapTo(String.class)
                .list());
    }

    private int look(Duration pause) {
        clock.advance(pause);
        var due = watch.claimDue();
        due.forEach(watch::lookFor);
        return due.size();
    }

    private PatchRequest notReturning(String... servers) {
        PatchRequest request = Samples.request(servers);
        ledger.accept(request, Optional.empty());
        for (Claim claim : ledger.claimDue("node", 10, Duration.ofMinutes(1), NOON)) {
            ServerRun run = ledger.load(claim).orElseThrow();
            Transition ending = Transition.to(RunState.FAILED, run, run.memory().seenBoot(BEFORE), NOON, "no return")
                    .lookingOutUntil(NOON.plusSeconds(60), NOON.plus(Duration.ofDays(1)));
            ledger.commit(claim, ending, NOON);
        }
        return request;
    }

    /** Sends what is due by then, one after the other. */
    private List<Kind> mailsUntil(Duration later) {
        Instant then = clock.instant().plus(later);
        List<Kind> kinds = new ArrayList<>();
        for (List<PendingMail> due = next(then); !due.isEmpty(); due = next(then)) {
            outbox.markSent(due.get(0), Optional.empty(), then);
            kinds.add(due.get(0).kind());
        }
        return kinds;
    }

    private List<PendingMail> next(Instant then) {
        return outbox.claimDue(1, Duration.ofMinutes(1), then);
    }

    private static final class AnyServer implements Inventory {
        @Override
        public Optional<Server> find(ServerId id) {
            return Optional.of(new Server(
                    id, id.value(), Set.of(), Map.of(), Optional.empty(), false, new ConnectionSettings.Local()));
        }

        @Override
        public List<Server> all() {
            return List.of();
        }
    }
}
