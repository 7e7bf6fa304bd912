package io.patchway.store;

import io.patchway.run.Page;
import io.patchway.run.window.WindowExecution;
import io.patchway.run.window.WindowExecutions;
import io.patchway.window.WindowId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;

/**
 * The executions of windows in a database. A unique key lets one execution of a window go on at a time. Thread-safe;
 * any number of nodes may share the database.
 */
public final class SqlWindowExecutions implements WindowExecutions {
    private final Database database;
    private final AuditRows audit;

    /** @param node the name of this node in the audit log */
    public SqlWindowExecutions(Database database, String node) {
        this.database = database;
        this.audit = new AuditRows(node);
    }

    @Override
    public Opened open(WindowExecution execution) {
        try {
            return database.inTransaction(handle -> insert(handle, execution) ? Opened.NEW : Opened.KNOWN);
        } catch (RuntimeException e) {
            if (SqlErrors.isUniqueViolation(e)) {
                return find(execution.id()).isPresent() ? Opened.KNOWN : Opened.OVERLAPS;
            }
            throw e;
        }
    }

    @Override
    public void addEnded(WindowExecution execution) {
        database.inTransaction(handle -> insert(handle, execution));
    }

    private static boolean insert(Handle handle, WindowExecution execution) {
        if (select(handle, "where id = :id")
                .bind("id", execution.id())
                .mapToMap()
                .findOne()
                .isPresent()) {
            return false;
        }
        boolean open = !execution.status().ended();
        handle.createUpdate("""
            insert into window_execution (id, window_id, open_window, started_at, ended_at, due_at, fence,
                cancel_requested, content)
            values (:id, :window, :open, :startedAt, :endedAt, :due, 0, false, :content)
            """)
                .bind("id", execution.id())
                .bind("window", execution.window().value())
                .bind("open", open ? execution.window().value() : null)
                .bind("startedAt", execution.startedAt())
                .bind("endedAt", execution.endedAt().orElse(null))
                .bind("due", open ? execution.startedAt() : null)
                .bind("content", JsonText.of(execution))
                .execute();
        return true;
    }

    @Override
    public List<UUID> due(int limit, Instant now) {
        return database.inTransaction(handle -> handle.createQuery(
                        "select id from window_execution where due_at <= :now order by due_at, id limit :limit")
                .bind("now", now)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list());
    }

    @Override
    public Optional<Claimed> claim(UUID id, Duration lease, Instant now) {
        return database.inTransaction(handle -> {
            int claimed = handle.createUpdate("""
                update window_execution set due_at = :leaseEnd, fence = fence + 1 where id = :id and due_at <= :now
                """)
                    .bind("leaseEnd", now.plus(lease))
                    .bind("id", id)
                    .bind("now", now)
                    .execute();
            return claimed == 0
                    ? Optional.empty()
                    : select(handle, "where id = :id")
                            .bind("id", id)
                            .map(row -> new Claimed(execution(row), row.getColumn("fence", Long.class)))
                            .findOne();
        });
    }

    @Override
    public boolean save(Claimed claim, WindowExecution execution, Optional<Instant> next) {
        return database.inTransaction(handle -> handle.createUpdate("""
            update window_execution set open_window = :open, ended_at = :endedAt, due_at = :due, content = :content
            where id = :id and fence = :fence
            """)
                        .bind("id", execution.id())
                        .bind("fence", claim.fence())
                        .bind("open", next.isPresent() ? execution.window().value() : null)
                        .bind("endedAt", execution.endedAt().orElse(null))
                        .bind("due", next.orElse(null))
                        .bind("content", JsonText.of(execution))
                        .execute()
                == 1);
    }

    @Override
    public boolean cancel(UUID id, String actor, Instant now) {
        return database.inTransaction(handle -> {
            Optional<WindowExecution> found = find(handle, id);
            int cancelled = handle.createUpdate("""
                update window_execution set cancel_requested = true
                where id = :id and ended_at is null and not cancel_requested
                """).bind("id", id).execute();
            if (cancelled == 1) {
                String window = found.map(WindowExecution::windowName).orElse("");
                audit.insert(handle, actor, "window.execution-cancelled", "window execution " + id, window, now);
            }
            return found.isPresent();
        });
    }

    @Override
    public Optional<WindowExecution> find(UUID id) {
        return database.inTransaction(handle -> find(handle, id));
    }

    private static Optional<WindowExecution> find(Handle handle, UUID id) {
        return select(handle, "where id = :id")
                .bind("id", id)
                .map(SqlWindowExecutions::execution)
                .findOne();
    }

    @Override
    public Optional<WindowExecution> goingOn(WindowId window) {
        return database.inTransaction(handle -> select(handle, "where open_window = :window")
                .bind("window", window.value())
                .map(SqlWindowExecutions::execution)
                .findOne());
    }

    @Override
    public Page<WindowExecution> of(WindowId window, Optional<String> cursor, int limit) {
        ExecutionCursor behind = cursor.map(ExecutionCursor::of).orElse(ExecutionCursor.NEWEST);
        List<WindowExecution> page = database.inTransaction(handle -> select(handle, """
            where window_id = :window and started_at <= :at and (started_at < :at or id < :id)
            order by started_at desc, id desc limit :limit
            """)
                .bind("window", window.value())
                .bind("at", behind.startedAt())
                .bind("id", behind.id())
                .bind("limit", limit)
                .map(SqlWindowExecutions::execution)
                .list());
        Optional<String> next = page.size() < limit
                ? Optional.empty()
                : Optional.of(ExecutionCursor.at(page.getLast()).toString());
        return new Page<>(page, next);
    }

    private static Query select(Handle handle, String where) {
        return handle.createQuery("select * from window_execution " + where);
    }

    private static WindowExecution execution(RowView row) {
        WindowExecution execution = JsonText.read(row.getColumn("content", String.class), WindowExecution.class);
        return row.getColumn("cancel_requested", Boolean.class) ? execution.cancelledBySomebody() : execution;
    }
}
