package io.patchway.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.patchway.SettableClock;
import io.patchway.audit.RecordingAuditLog;
import io.patchway.run.PatchRequest.WindowSpan;
import io.patchway.window.InMemoryWindowLedger;
import io.patchway.window.MaintenanceWindow;
import io.patchway.window.MissedPolicy;
import io.patchway.window.WindowSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WindowOpenerTest {
    private static final Instant OPENS = Instant.parse("2026-11-22T02:00:00Z");

    private final InMemoryRunLedger runs = new InMemoryRunLedger();
    private final InMemoryWindowLedger windows = new InMemoryWindowLedger();
    private final RecordingAuditLog audit = new RecordingAuditLog();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T10:00:00Z"));

    @Test
    void aWindowOpensOnceHoweverOftenAndByHoweverManyNodesItIsLookedAt() {
        WindowOpener one = opener(MissedPolicy.SKIP, "web-01");
        WindowOpener other = opener(MissedPolicy.SKIP, "web-01");
        one.openIfDue("night");
        other.openIfDue("night");
        clock.set(OPENS.minusSeconds(1));
        one.openIfDue("night");
        assertThat(runs.newest(10)).isEmpty();

        clock.set(OPENS);
        one.openIfDue("night");
        other.openIfDue("night");
        clock.advance(Duration.ofMinutes(1));
        one.openIfDue("night");

        assertThat(runs.newest(10))
                .singleElement()
                .satisfies(report -> assertThat(report.request().window())
                        .contains(new WindowSpan(
                                "night", OPENS, OPENS.plus(Duration.ofHours(2)), OPENS.plus(Duration.ofHours(3)))));
        assertThat(windows.of("night")).containsEntry(OPENS, "OPENED");
    }

    @Test
    void anOpeningInTheMinuteOfTheFirstLookCounts() {
        clock.set(OPENS.plusMillis(30));
        look(MissedPolicy.SKIP);

        assertThat(windows.of("night")).containsEntry(OPENS, "OPENED");
    }

    @Test
    void anOpeningThatWasMissedIsSkippedWhenThePolicySaysSo() {
        look(MissedPolicy.SKIP);
        clock.set(OPENS.plus(Duration.ofMinutes(10)));
        look(MissedPolicy.SKIP);

        assertThat(runs.newest(10)).isEmpty();
        assertThat(windows.of("night")).containsEntry(OPENS, "MISSED");
    }

    @Test
    void anOpeningThatWasMissedOpensLateBeforeItsCutoff() {
        look(MissedPolicy.RUN_LATE);
        clock.set(OPENS.plus(Duration.ofMinutes(119)));
        look(MissedPolicy.RUN_LATE);

        assertThat(runs.newest(10)).hasSize(1);
        assertThat(windows.of("night")).containsEntry(OPENS, "OPENED_LATE");
    }

    @Test
    void anOpeningIsMissedFromItsCutoffOn() {
        look(MissedPolicy.RUN_LATE);
        clock.set(OPENS.plus(Duration.ofHours(2)));
        look(MissedPolicy.RUN_LATE);

        assertThat(runs.newest(10)).isEmpty();
        assertThat(windows.of("night")).containsEntry(OPENS, "MISSED");
    }

    @Test
    void ofSeveralMissedOpeningsOnlyTheNewestOpens() {
        look(MissedPolicy.RUN_LATE);
        clock.set(OPENS.plus(Duration.ofDays(2)).plus(Duration.ofHours(1)));
        look(MissedPolicy.RUN_LATE);

        assertThat(runs.newest(10)).hasSize(1);
        assertThat(windows.of("night").values()).containsExactly("FIRST_SEEN", "MISSED", "MISSED", "OPENED_LATE");
    }

    @Test
    void aNodeThatDiedBeforeItMarkedTheOpeningDoesNotCauseASecondRequest() {
        look(MissedPolicy.SKIP);
        clock.set(OPENS);
        WindowOpener dying = opener(MissedPolicy.SKIP, "web-01", new InMemoryWindowLedger() {
            @Override
            public Optional<Instant> lastOpening(String window, Instant upTo) {
                return windows.lastOpening(window, upTo);
            }

            @Override
            public boolean claimOpening(String window, Instant opensAt, String outcome) {
                throw new IllegalStateException("killed");
            }
        });
        assertThatIllegalStateException().isThrownBy(() -> dying.openIfDue("night"));

        look(MissedPolicy.SKIP);

        assertThat(runs.newest(10)).hasSize(1);
        assertThat(windows.of("night")).containsEntry(OPENS, "OPENED");
    }

    @Test
    void anOpeningWhoseServersAreAllRefusedIsRecordedAsSuch() {
        WindowOpener opener = opener(MissedPolicy.SKIP, "nobody");
        opener.openIfDue("night");
        clock.set(OPENS);
        opener.openIfDue("night");

        assertThat(windows.of("night")).containsEntry(OPENS, "REFUSED");
        assertThat(audit.lines())
                .containsExactly("patchway | window.refused | window night of 2026-11-22T02:00:00Z"
                        + " | nothing was requested; nobody: is not in the inventory");
    }

    private void look(MissedPolicy missed) {
        opener(missed, "web-01").openIfDue("night");
    }

    private WindowOpener opener(MissedPolicy missed, String server) {
        return opener(missed, server, windows);
    }

    private WindowOpener opener(MissedPolicy missed, String server, InMemoryWindowLedger ledger) {
        MaintenanceWindow window = new MaintenanceWindow(
                "night",
                WindowSchedule.of("cron(0 2 * * ? *)"),
                ZoneId.of("UTC"),
                Optional.empty(),
                Optional.empty(),
                Duration.ofHours(3),
                Duration.ofHours(1),
                missed,
                true);
        RequestDesk desk = RequestDesks.over(runs, clock);
        return new WindowOpener(
                List.of(new WindowTask(window, RequestDesks.install(server))),
                desk,
                ledger,
                audit,
                clock,
                Duration.ofMinutes(2));
    }
}
