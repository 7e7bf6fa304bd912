package io.patchway.run.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.patchway.SettableClock;
import io.patchway.run.PatchRequest;
import io.patchway.run.PatchRequest.WindowSpan;
import io.patchway.run.RequestDesks;
import io.patchway.run.RunState;
import io.patchway.window.InMemoryWindowLedger;
import io.patchway.window.MaintenanceWindow;
import io.patchway.window.MissedPolicy;
import io.patchway.window.WindowLedger;
import io.patchway.window.WindowSchedule;
import io.patchway.window.WindowTerms;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WindowOpenerTest {
    private static final Instant OPENS = Instant.parse("2026-11-22T02:00:00Z");

    private final WindowWorld world = new WindowWorld(Instant.parse("2026-11-21T10:00:00Z"));
    private final InMemoryWindowLedger windows = world.openings;
    private final SettableClock clock = world.clock;

    @Test
    void aWindowOpensOnceHoweverOftenAndByHoweverManyNodesItIsLookedAt() {
        WindowOpener one = opener(MissedPolicy.SKIP, "web-01");
        WindowOpener other = opener(MissedPolicy.SKIP, "web-01");
        one.openIfDue("night");
        other.openIfDue("night");
        clock.set(OPENS.minusSeconds(1));
        one.openIfDue("night");
        assertThat(requests()).isEmpty();

        clock.set(OPENS);
        one.openIfDue("night");
        other.openIfDue("night");
        clock.advance(Duration.ofMinutes(1));
        one.openIfDue("night");

        assertThat(requests())
                .singleElement()
                .satisfies(request -> assertThat(request.window())
                        .contains(new WindowSpan(
                                "night", OPENS, OPENS.plus(Duration.ofHours(2)), OPENS.plus(Duration.ofHours(3)))));
        assertThat(windows.of("night")).containsEntry(OPENS, "OPENED");
        assertThat(requests().getFirst().snapshot()).isPresent();
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

        assertThat(requests()).isEmpty();
        assertThat(windows.of("night")).containsEntry(OPENS, "MISSED");
    }

    @Test
    void anOpeningThatWasMissedOpensLateBeforeItsCutoff() {
        look(MissedPolicy.RUN_LATE);
        clock.set(OPENS.plus(Duration.ofMinutes(119)));
        look(MissedPolicy.RUN_LATE);

        assertThat(requests()).hasSize(1);
        assertThat(windows.of("night")).containsEntry(OPENS, "OPENED_LATE");
    }

    @Test
    void anOpeningIsMissedFromItsCutoffOn() {
        look(MissedPolicy.RUN_LATE);
        clock.set(OPENS.plus(Duration.ofHours(2)));
        look(MissedPolicy.RUN_LATE);

        assertThat(requests()).isEmpty();
        assertThat(windows.of("night")).containsEntry(OPENS, "MISSED");
    }

    @Test
    void ofSeveralMissedOpeningsOnlyTheNewestOpens() {
        look(MissedPolicy.RUN_LATE);
        clock.set(OPENS.plus(Duration.ofDays(2)).plus(Duration.ofHours(1)));
        look(MissedPolicy.RUN_LATE);

        assertThat(requests()).hasSize(1);
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

        assertThat(requests()).hasSize(1);
        assertThat(windows.of("night")).containsEntry(OPENS, "OPENED");
    }

    @Test
    void anOpeningWhoseServersAreAllRefusedIsRecordedAsSuch() {
        WindowOpener opener = opener(MissedPolicy.SKIP, "nobody");
        opener.openIfDue("night");
        clock.set(OPENS);
        opener.openIfDue("night");

        assertThat(requests()).isEmpty();
        assertThat(world.audit.lines())
                .containsExactly("patchway | window.refused | window night of 2026-11-22T02:00:00Z"
                        + " | nothing was requested; nobody: is not in the inventory");
    }

    @Test
    void aWindowOfTheApiOpensOnlyWhatLiesBehindItsMakingAndItsLastChange() {
        StoredWindow window = world.daily(WindowWorld.task(1, 0, CutoffBehavior.CONTINUE_TASK, "web-01"));
        String key = window.key();
        clock.set(OPENS.plus(Duration.ofMinutes(30)));
        world.book.change(
                window.id(),
                old -> old.under(window.terms(), clock.instant()).withTasks(tasks -> tasks, clock.instant()),
                new WindowBook.Act("tester", "window.changed", ""),
                clock.instant());
        world.node().opener().openIfDue(key);
        assertThat(windows.of(key)).containsEntry(OPENS, "OPENED_LATE");

        WindowTerms hourly = hourly(window.terms());
        clock.set(OPENS.plus(Duration.ofMinutes(400)));
        world.book.change(
                window.id(),
                old -> old.under(hourly, clock.instant()),
                new WindowBook.Act("tester", "window.changed", ""),
                clock.instant());
        clock.advance(Duration.ofMinutes(1));
        world.node().opener().openIfDue(key);
        assertThat(windows.of(key))
                .as("no opening of the new schedule has come")
                .hasSize(1);
    }

    private static WindowTerms hourly(WindowTerms terms) {
        return new WindowTerms(
                terms.name(),
                terms.description(),
                "cron(0 * * * ? *)",
                terms.zone(),
                terms.offset(),
                terms.start(),
                terms.end(),
                terms.hours(),
                terms.cutoff(),
                terms.unassociatedTargets(),
                terms.enabled());
    }

    @Test
    void aWindowThatIsGoneIsPassedOver() {
        world.node().opener().openIfDue("mw-0123456789abcdef0");
        world.node().opener().openIfDue("gone.yaml");

        assertThat(requests()).isEmpty();
    }

    @Test
    void anOpeningIsSkippedWhileThePreviousExecutionIsInProgress() {
        StoredWindow window = window(MissedPolicy.SKIP, "web-01");
        WindowEngine node = world.node(window);
        assertThat(node.opener().openNow(window, "tester")).isPresent();
        node.opener().openIfDue("night");
        node.runner().due().forEach(node.runner()::advance);
        world.end(RunState.SUCCEEDED);
        clock.advance(Duration.ofSeconds(10));
        node.runner().due().forEach(node.runner()::advance);
        clock.set(OPENS.minus(Duration.ofMinutes(90)));
        assertThat(node.opener().openNow(window, "tester")).isPresent();

        clock.set(OPENS);
        node.opener().openIfDue("night");
        node.opener().openIfDue("night");

        assertThat(windows.of("night")).containsEntry(OPENS, "SKIPPED");
        assertThat(world.executions.of(window.id(), Optional.empty(), 10).entries())
                .extracting(WindowExecution::status)
                .containsExactly(WindowStatus.SKIPPED_OVERLAPPING, WindowStatus.PENDING, WindowStatus.SUCCESS);
    }

    @Test
    void anExecutionThatNobodyHasEndedAfterItsTimeDoesNotGetInTheWay() {
        StoredWindow window = window(MissedPolicy.SKIP, "web-01");
        WindowEngine node = world.node(window);
        node.opener().openIfDue("night");
        node.opener().openNow(window, "tester");
        clock.set(OPENS);
        node.opener().openIfDue("night");

        assertThat(windows.of("night")).containsEntry(OPENS, "OPENED");
    }

    @Test
    void openingByHandIsRefusedWhileAnExecutionIsInProgressAndGoesIntoTheAuditLog() {
        StoredWindow window = window(MissedPolicy.SKIP, "web-01");
        WindowOpener opener = world.node(window).opener();

        WindowExecution execution = opener.openNow(window, "tester").orElseThrow();
        assertThat(opener.openNow(window, "tester")).isEmpty();

        Instant now = clock.instant();
        assertThat(execution.opening())
                .isEqualTo(new MaintenanceWindow.Opening(
                        now, now.plus(Duration.ofHours(2)), now.plus(Duration.ofHours(3))));
        assertThat(world.audit.lines())
                .containsExactly("tester | window.opened-by-hand | window " + window.id() + " | night, execution "
                        + execution.id() + " until 2026-11-21T13:00:00Z");
    }

    /** What was requested once everything that is due has been looked at. */
    private List<PatchRequest> requests() {
        WindowRunner runner = world.node().runner();
        runner.due().forEach(runner::advance);
        return world.runs.accepted();
    }

    private void look(MissedPolicy missed) {
        opener(missed, "web-01").openIfDue("night");
    }

    private WindowOpener opener(MissedPolicy missed, String server) {
        return world.node(window(missed, server)).opener();
    }

    private WindowOpener opener(MissedPolicy missed, String server, WindowLedger openings) {
        return world.node(openings, window(missed, server)).opener();
    }

    private static StoredWindow window(MissedPolicy missed, String server) {
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
        return WindowWorld.ofFile(window, RequestDesks.install(server));
    }
}
