package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.patchway.rollout.Rollout;
import io.patchway.run.Operation;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestForm;
import io.patchway.run.window.CutoffBehavior;
import io.patchway.run.window.StoredWindow;
import io.patchway.run.window.TargetEntry;
import io.patchway.run.window.TaskExecution;
import io.patchway.run.window.WindowBook;
import io.patchway.run.window.WindowBook.Act;
import io.patchway.run.window.WindowExecution;
import io.patchway.run.window.WindowExecutions;
import io.patchway.run.window.WindowExecutions.Claimed;
import io.patchway.run.window.WindowExecutions.Opened;
import io.patchway.run.window.WindowStatus;
import io.patchway.run.window.WindowTarget;
import io.patchway.run.window.WindowTask;
import io.patchway.server.ServerId;
import io.patchway.window.MaintenanceWindow.Opening;
import io.patchway.window.WindowId;
import io.patchway.window.WindowTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the stores of windows and of their executions promise, on every database. */
abstract class WindowStoreContract extends StoreContract {
    private static final WindowId ID = new WindowId("mw-0123456789abcdef0");
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Act ACT = new Act("tester", "window.changed", "for a test");

    @Test
    void aWindowIsKeptWithEverythingInIt() {
        WindowBook book = new SqlWindowBook(database, "node-1");
        StoredWindow window = window();

        assertThat(book.add(window, ACT, NOON)).isTrue();
        assertThat(book.add(window, ACT, NOON)).as("its id is taken").isFalse();

        assertThat(book.find(ID)).contains(window);
        assertThat(book.all()).containsExactly(window);
        assertThat(book.enabled()).containsExactly(ID);
        assertThat(pendingAudit()).isEqualTo(1);
    }

    @Test
    void aChangeIsKeptWholeOrNotAtAll() {
        WindowBook book = new SqlWindowBook(database, "node-1");
        book.add(window(), ACT, NOON);

        assertThatIllegalStateException()
                .isThrownBy(() -> book.change(
                        ID,
                        window -> {
                            throw new IllegalStateException("refused");
                        },
                        ACT,
                        NOON));
        assertThat(book.find(ID)).contains(window());
        assertThat(pendingAudit()).isEqualTo(1);

        StoredWindow changed = book.change(ID, window -> window.withTasks(tasks -> List.of(), NOON), ACT, NOON)
                .orElseThrow();
        assertThat(book.find(ID)).contains(changed);
        assertThat(book.remove(ID, ACT, NOON)).isTrue();
        assertThat(book.remove(ID, ACT, NOON)).isFalse();
        assertThat(book.change(ID, window -> window, ACT, NOON)).isEmpty();
        assertThat(pendingAudit()).isEqualTo(3);
    }

    @Test
    void oneExecutionOfAWindowGoesOnAtATime() {
        WindowExecutions executions = new SqlWindowExecutions(database, "node-1");
        WindowExecution first = execution(1, NOON, WindowStatus.PENDING);
        WindowExecution second = execution(2, NOON.plusSeconds(60), WindowStatus.PENDING);

        assertThat(executions.open(first)).isEqualTo(Opened.NEW);
        assertThat(executions.open(first)).isEqualTo(Opened.KNOWN);
        assertThat(executions.open(second)).isEqualTo(Opened.OVERLAPS);
        assertThat(executions.goingOn(ID)).contains(first);

        end(executions, first);
        assertThat(executions.goingOn(ID)).isEmpty();
        assertThat(executions.open(second)).isEqualTo(Opened.NEW);
    }

    @Test
    void anExecutionIsHadByOneNodeUntilItsLeaseEnds() {
        WindowExecutions executions = new SqlWindowExecutions(database, "node-1");
        WindowExecution execution = execution(1, NOON, WindowStatus.PENDING);
        executions.open(execution);
        assertThat(executions.due(10, NOON.minusMillis(1))).isEmpty();
        assertThat(executions.due(10, NOON)).containsExactly(execution.id());

        Claimed lost = executions.claim(execution.id(), LEASE, NOON).orElseThrow();
        assertThat(lost.execution()).isEqualTo(execution);
        assertThat(executions.claim(execution.id(), LEASE, NOON)).isEmpty();
        Claimed counts =
                executions.claim(execution.id(), LEASE, NOON.plus(LEASE)).orElseThrow();

        assertThat(executions.save(lost, execution, Optional.of(NOON))).isFalse();
        assertThat(executions.save(counts, execution, Optional.of(NOON.plus(LEASE))))
                .isTrue();
        assertThat(executions.due(10, NOON.plus(LEASE))).containsExactly(execution.id());
    }

    @Test
    void aCancellationIsNotLostWhenANodeIsJustRecordingSomethingElse() {
        WindowExecutions executions = new SqlWindowExecutions(database, "node-1");
        WindowExecution execution = execution(1, NOON, WindowStatus.PENDING);
        executions.open(execution);
        Claimed claim = executions.claim(execution.id(), LEASE, NOON).orElseThrow();

        assertThat(executions.cancel(execution.id(), "tester", NOON)).isTrue();
        executions.save(claim, execution, Optional.of(NOON));

        assertThat(executions.find(execution.id()).orElseThrow().cancelled()).isTrue();
        assertThat(executions.cancel(execution.id(), "tester", NOON)).isTrue();
        assertThat(executions.cancel(UUID.randomUUID(), "tester", NOON)).isFalse();
        assertThat(pendingAudit()).isEqualTo(1);
    }

    @Test
    void executionsAreListedPageByPageTheNewestFirst() {
        WindowExecutions executions = new SqlWindowExecutions(database, "node-1");
        for (int i = 1; i <= 5; i++) {
            executions.addEnded(execution(i, NOON.plusSeconds(i / 2), WindowStatus.SKIPPED_OVERLAPPING));
            executions.addEnded(execution(i, NOON.plusSeconds(i / 2), WindowStatus.SKIPPED_OVERLAPPING));
        }

        var first = executions.of(ID, Optional.empty(), 2);
        var second = executions.of(ID, first.next(), 2);
        var third = executions.of(ID, second.next(), 2);

        assertThat(List.of(first, second, third))
                .flatExtracting(page -> page.entries())
                .extracting(execution -> execution.id().getLeastSignificantBits())
                .containsExactly(5L, 4L, 3L, 2L, 1L);
        assertThat(third.next()).isEmpty();
        assertThat(executions.due(10, NOON.plusSeconds(99))).isEmpty();
    }

    @Test
    void oldExecutionsAreRemovedWithTheRestOfTheHistory() {
        WindowExecutions executions = new SqlWindowExecutions(database, "node-1");
        WindowExecution old = execution(1, NOON, WindowStatus.PENDING);
        executions.open(old);
        end(executions, old);
        WindowExecution going = execution(2, NOON, WindowStatus.PENDING);
        executions.open(going);
        SqlArchive archive = new SqlArchive(database, "node-1");

        assertThat(archive.pruneHistory(NOON, 10, NOON)).isFalse();
        assertThat(archive.pruneHistory(NOON.plusMillis(1), 10, NOON)).isTrue();

        assertThat(executions.find(old.id())).isEmpty();
        assertThat(executions.find(going.id())).isPresent();
    }

    private static void end(WindowExecutions executions, WindowExecution execution) {
        Claimed claim =
                executions.claim(execution.id(), LEASE, execution.startedAt()).orElseThrow();
        WindowExecution ended =
                execution(execution.id().getLeastSignificantBits(), execution.startedAt(), WindowStatus.SUCCESS);
        executions.save(claim, ended, Optional.empty());
    }

    private long pendingAudit() {
        return database.inTransaction(handle -> handle.createQuery("select count(*) from audit_pending")
                .mapTo(Long.class)
                .one());
    }

    private static WindowExecution execution(long number, Instant opens, WindowStatus status) {
        TaskExecution task = TaskExecution.pending(
                new UUID(1, number),
                window().tasks().getFirst(),
                List.of(new TaskExecution.Selected(
                        Optional.of(new UUID(3, 3)), Optional.of("web team"), List.of(new ServerId("web-01")))));
        return new WindowExecution(
                new UUID(0, number),
                ID,
                "night",
                "window night",
                new Opening(opens, opens.plusSeconds(3600), opens.plusSeconds(7200)),
                status,
                "",
                opens,
                status.ended() ? Optional.of(opens) : Optional.empty(),
                false,
                List.of(task));
    }

    private static StoredWindow window() {
        WindowTerms terms = new WindowTerms(
                "night",
                Optional.of("every night \uD83D\uDD12"),
                "cron(0 2 * * ? *)",
                Optional.of("Europe/London"),
                Optional.of(2),
                Optional.of("2026-01-01T00:00:00Z"),
                Optional.empty(),
                3,
                1,
                false,
                true);
        WindowTarget target = new WindowTarget(
                new UUID(3, 3),
                "INSTANCE",
                List.of(new TargetEntry("tag:Patch Group", List.of("web", "db"))),
                Optional.of("web team"),
                Optional.of("web"),
                Optional.empty());
        WindowTask task = new WindowTask(
                new UUID(4, 4),
                "AWS-RunPatchBaseline",
                List.of(new TargetEntry(
                        TargetEntry.WINDOW_TARGETS, List.of(target.id().toString()))),
                Optional.of(1),
                Optional.of("10%"),
                Optional.of("0"),
                Optional.of(CutoffBehavior.CANCEL_TASK),
                Optional.empty(),
                Optional.of("patches"),
                Optional.empty(),
                Optional.of("{\"RunCommand\":{\"Parameters\":{\"Operation\":[\"Install\"]}}}"),
                Optional.empty(),
                new RequestForm(
                        Operation.INSTALL,
                        RebootOption.NEVER,
                        5,
                        List.of(),
                        List.of(),
                        Map.of(),
                        Optional.empty(),
                        Optional.of(new UUID(5, 5)),
                        Optional.empty(),
                        Map.of(),
                        List.of(),
                        Optional.of(Rollout.CAUTIOUS)));
        return StoredWindow.made(ID, terms, NOON)
                .withTargets(none -> List.of(target), NOON)
                .withTasks(none -> List.of(task), NOON);
    }
}
