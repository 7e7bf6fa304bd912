package io.patchway.run.window;

import static io.patchway.run.window.CutoffBehavior.CANCEL_TASK;
import static io.patchway.run.window.CutoffBehavior.CONTINUE_TASK;
import static io.patchway.run.window.WindowWorld.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.faults.Survives;
import io.patchway.run.PatchRequest;
import io.patchway.run.RunState;
import io.patchway.window.MaintenanceWindow.Opening;
import io.patchway.window.WindowId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The window opens at two, has its cutoff at four and closes at five. */
class WindowRunnerTest {
    private static final Instant OPENS = Instant.parse("2026-11-22T02:00:00Z");
    private static final Instant CUTOFF = OPENS.plus(Duration.ofHours(2));
    private static final Instant CLOSES = OPENS.plus(Duration.ofHours(3));

    private final WindowWorld world = new WindowWorld(OPENS.minusSeconds(60));

    @Test
    void tasksWaitUntilThoseOfAnEarlierPriorityHaveEndedAndEqualOnesRunTogether() {
        open(
                task(1, 5, CONTINUE_TASK, "web-01", "web-02"),
                task(2, 0, CONTINUE_TASK, "web-01"),
                task(3, 0, CONTINUE_TASK, "web-02"));
        assertThat(execution().status()).isEqualTo(WindowStatus.PENDING);
        assertThat(statuses()).containsOnly(WindowStatus.PENDING);

        look();
        assertThat(world.requested()).containsExactly("web-01", "web-02");
        assertThat(execution().status()).isEqualTo(WindowStatus.IN_PROGRESS);

        world.end(RunState.SUCCEEDED, "web-01");
        look();
        assertThat(world.requested()).as("one of the first two goes on").hasSize(2);

        world.end(RunState.SUCCEEDED_REBOOT_PENDING, "web-02");
        look();
        assertThat(world.requested()).containsExactly("web-01", "web-02", "web-01 web-02");

        world.end(RunState.SUCCEEDED);
        look();
        assertThat(execution())
                .satisfies(ended -> assertThat(ended.status()).isEqualTo(WindowStatus.SUCCESS))
                .satisfies(ended -> assertThat(ended.endedAt())
                        .contains(world.clock.instant().minusSeconds(61)));
        assertThat(world.node().runner().due()).isEmpty();
    }

    @Test
    void aTaskThatFailsFailsTheExecutionButNotTheTasksBehindIt() {
        open(task(1, 0, CONTINUE_TASK, "web-01", "web-02"), task(2, 1, CONTINUE_TASK, "web-02"));
        look();
        world.end(RunState.PARTIAL, "web-01");
        world.end(RunState.SUCCEEDED, "web-02");
        look();
        world.end(RunState.SUCCEEDED);
        look();

        assertThat(statuses()).containsExactly(WindowStatus.FAILED, WindowStatus.SUCCESS);
        assertThat(execution().tasks().getFirst().details()).isEqualTo("1 of 2 servers failed.");
        assertThat(execution().status()).isEqualTo(WindowStatus.FAILED);
        assertThat(execution().details()).isEqualTo("One or more tasks in the orchestration failed.");
    }

    @Test
    void aTaskThatMeansNobodyAndAWindowWithoutTasksSucceed() {
        open(task(1, 0, CONTINUE_TASK));
        look();

        assertThat(execution().status()).isEqualTo(WindowStatus.SUCCESS);
        assertThat(execution().tasks().getFirst().details()).isEqualTo("No invocations to execute.");
    }

    @Test
    void requestsKnowTheirWindowAndShareOneSnapshot() {
        open(task(1, 0, CONTINUE_TASK, "web-01"), task(2, 0, CANCEL_TASK, "web-02"));
        look();

        assertThat(world.runs.accepted())
                .extracting(PatchRequest::snapshot)
                .containsOnly(Optional.of(execution().id()));
        assertThat(world.runs.accepted())
                .extracting(request -> request.window().orElseThrow())
                .containsExactly(
                        new PatchRequest.WindowSpan("night", OPENS, CLOSES, CLOSES),
                        new PatchRequest.WindowSpan("night", OPENS, CUTOFF, CLOSES));
    }

    @Test
    void nothingStartsAfterTheCutoffAndWhatWasToBeCancelledThenIs() {
        open(
                task(1, 0, CONTINUE_TASK, "web-01"),
                task(2, 0, CANCEL_TASK, "web-02"),
                task(3, 1, CONTINUE_TASK, "web-01"));
        look();

        world.clock.set(CUTOFF);
        look();
        look();

        assertThat(statuses())
                .containsExactly(WindowStatus.IN_PROGRESS, WindowStatus.CANCELLING, WindowStatus.TIMED_OUT);
        assertThat(world.rollouts.all())
                .containsExactly(execution().tasks().get(1).request().orElseThrow());

        world.end(RunState.CANCELLED, "web-02");
        world.end(RunState.SUCCEEDED, "web-01");
        look();
        assertThat(statuses()).containsExactly(WindowStatus.SUCCESS, WindowStatus.TIMED_OUT, WindowStatus.TIMED_OUT);
        assertThat(execution().status()).isEqualTo(WindowStatus.TIMED_OUT);
    }

    @Test
    void whatHasNotEndedWhenTheWindowClosesIsTimedOut() {
        open(task(1, 0, CONTINUE_TASK, "web-01"));
        look();
        world.clock.set(CLOSES.minusMillis(1));
        look();
        assertThat(execution().status()).isEqualTo(WindowStatus.IN_PROGRESS);

        world.clock.set(CLOSES.plus(Duration.ofHours(10)));
        look();

        assertThat(statuses()).containsExactly(WindowStatus.TIMED_OUT);
        assertThat(execution().status()).isEqualTo(WindowStatus.TIMED_OUT);
    }

    @Test
    void cancellingStopsWhatWaitsAndCancelsWhatIsUnderWay() {
        open(task(1, 0, CONTINUE_TASK, "web-01"), task(2, 1, CONTINUE_TASK, "web-02"));
        look();

        assertThat(world.executions.cancel(execution().id(), "tester", OPENS)).isTrue();
        assertThat(execution().shownStatus()).isEqualTo(WindowStatus.CANCELLING);
        look();
        look();
        assertThat(world.rollouts.all()).hasSize(1);
        assertThat(statuses()).containsExactly(WindowStatus.CANCELLING, WindowStatus.CANCELLED);

        world.end(RunState.CANCELLED);
        look();
        assertThat(statuses()).containsOnly(WindowStatus.CANCELLED);
        assertThat(execution().status()).isEqualTo(WindowStatus.CANCELLED);
        assertThat(world.executions.cancel(UUID.randomUUID(), "tester", OPENS)).isFalse();
    }

    @Test
    void aNodeThatDiesAfterItStartedATaskLosesNothingEvenWhenTheCutoffComesMeanwhile() {
        open(task(1, 0, CONTINUE_TASK, "web-01"));
        WindowExecutions kept = world.executions;
        world.executions = new DyingExecutions(kept, 1);
        look();
        world.executions = kept;
        assertThat(statuses()).as("nothing was recorded").containsExactly(WindowStatus.PENDING);

        world.clock.set(CUTOFF);
        look();
        assertThat(statuses()).containsExactly(WindowStatus.IN_PROGRESS);
        world.end(RunState.SUCCEEDED);
        look();
        assertThat(statuses()).containsExactly(WindowStatus.SUCCESS);
        assertThat(world.requested()).containsExactly("web-01");
    }

    /** The node dies at every third, then every second record that it wants to make, and another one takes over. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    @Survives(12)
    void howeverOftenNodesDieBetweenTwoStepsEachTaskIsRequestedOnceAndTheExecutionEnds(int every) {
        open(
                task(1, 0, CONTINUE_TASK, "web-01"),
                task(2, 1, CONTINUE_TASK, "web-02"),
                task(3, 2, CONTINUE_TASK, "web-01", "web-02"));
        WindowExecutions kept = world.executions;
        for (int i = 0; i < 30; i++) {
            world.executions = i % (every + 1) == 0 ? new DyingExecutions(kept, every) : kept;
            look();
            world.end(RunState.SUCCEEDED);
        }
        world.executions = kept;

        assertThat(world.requested()).containsExactly("web-01", "web-02", "web-01 web-02");
        assertThat(execution().status()).isEqualTo(WindowStatus.SUCCESS);
    }

    @Test
    void ofTwoNodesThatLookAtTheSameTimeOneHasTheExecution() {
        open(task(1, 0, CONTINUE_TASK, "web-01"));
        WindowRunner one = world.node().runner();
        WindowRunner other = world.node().runner();
        List<UUID> due = one.due();
        assertThat(other.due()).isEqualTo(due);

        due.forEach(one::advance);
        due.forEach(other::advance);

        assertThat(world.requested()).containsExactly("web-01");
        assertThat(execution().status()).isEqualTo(WindowStatus.IN_PROGRESS);
    }

    @Test
    void anExecutionKeepsTheTasksThatItOpenedWith() {
        StoredWindow window = open(task(1, 0, CONTINUE_TASK, "web-01"));
        world.book.remove(window.id(), new WindowBook.Act("tester", "window.deleted", ""), OPENS);
        look();

        assertThat(world.requested()).containsExactly("web-01");
        assertThat(execution().opening()).isEqualTo(new Opening(OPENS, CUTOFF, CLOSES));
    }

    private StoredWindow open(WindowTask... tasks) {
        StoredWindow window = world.daily(tasks);
        world.clock.set(OPENS);
        world.node().opener().openIfDue(window.key());
        return window;
    }

    /** One look, a minute and a bit later, so that the claim of a node that died counts no more. */
    private void look() {
        WindowRunner runner = world.node().runner();
        for (UUID id : runner.due()) {
            try {
                runner.advance(id);
            } catch (Killed e) {
                assertThat(world.executions).isInstanceOf(DyingExecutions.class);
            }
        }
        world.clock.advance(Duration.ofSeconds(61));
    }

    private WindowExecution execution() {
        return world.executions
                .of(new WindowId("mw-0000000000000000a"), Optional.empty(), 1)
                .entries()
                .getFirst();
    }

    private List<WindowStatus> statuses() {
        return execution().tasks().stream().map(TaskExecution::status).toList();
    }
}
