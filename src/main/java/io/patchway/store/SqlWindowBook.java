package io.patchway.store;

import io.patchway.run.window.StoredWindow;
import io.patchway.run.window.WindowBook;
import io.patchway.run.window.WindowTarget;
import io.patchway.run.window.WindowTask;
import io.patchway.window.WindowId;
import io.patchway.window.WindowTerms;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** The maintenance windows of the API in a database. Thread-safe; any number of nodes may share the database. */
public final class SqlWindowBook implements WindowBook {
    private final Database database;
    private final AuditRows audit;

    /** @param node the name of this node in the audit log */
    public SqlWindowBook(Database database, String node) {
        this.database = database;
        this.audit = new AuditRows(node);
    }

    @Override
    public boolean add(StoredWindow window, Act act, Instant now) {
        try {
            return database.inTransaction(handle -> insert(handle, window, act, now));
        } catch (RuntimeException e) {
            if (SqlErrors.isUniqueViolation(e)) {
                return false;
            }
            throw e;
        }
    }

    private boolean insert(Handle handle, StoredWindow window, Act act, Instant now) {
        handle.createUpdate("""
            insert into maintenance_window (id, enabled, created_at, content)
            values (:id, :enabled, :createdAt, :content)
            """)
                .bind("id", window.id().value())
                .bind("enabled", window.terms().enabled())
                .bind("createdAt", window.createdAt())
                .bind("content", content(window))
                .execute();
        audit(handle, window.id(), act, now);
        return true;
    }

    @Override
    public Optional<StoredWindow> find(WindowId id) {
        return database.inTransaction(handle -> handle.createQuery("select * from maintenance_window where id = :id")
                .bind("id", id.value())
                .map(SqlWindowBook::window)
                .findOne());
    }

    @Override
    public List<StoredWindow> all() {
        return database.inTransaction(
                handle -> handle.createQuery("select * from maintenance_window order by created_at, id")
                        .map(SqlWindowBook::window)
                        .list());
    }

    @Override
    public Set<WindowId> enabled() {
        return database.inTransaction(handle -> handle.createQuery("select id from maintenance_window where enabled")
                .mapTo(String.class)
                .map(WindowId::new)
                .collect(Collectors.toSet()));
    }

    @Override
    public Optional<StoredWindow> change(WindowId id, UnaryOperator<StoredWindow> change, Act act, Instant now) {
        return database.inTransaction(
                handle -> handle.createQuery("select * from maintenance_window where id = :id for update")
                        .bind("id", id.value())
                        .map(SqlWindowBook::window)
                        .findOne()
                        .map(change)
                        .map(window -> update(handle, window, act, now)));
    }

    private StoredWindow update(Handle handle, StoredWindow window, Act act, Instant now) {
        handle.createUpdate("update maintenance_window set enabled = :enabled, content = :content where id = :id")
                .bind("id", window.id().value())
                .bind("enabled", window.terms().enabled())
                .bind("content", content(window))
                .execute();
        audit(handle, window.id(), act, now);
        return window;
    }

    @Override
    public boolean remove(WindowId id, Act act, Instant now) {
        return database.inTransaction(handle -> {
            boolean removed = handle.createUpdate("delete from maintenance_window where id = :id")
                            .bind("id", id.value())
                            .execute()
                    == 1;
            if (removed) {
                audit(handle, id, act, now);
            }
            return removed;
        });
    }

    private void audit(Handle handle, WindowId id, Act act, Instant now) {
        audit.insert(handle, act.actor(), act.action(), "window " + id, act.detail(), now);
    }

    private static String content(StoredWindow window) {
        return JsonText.of(new Content(
                window.terms(),
                window.targets(),
                window.tasks(),
                window.createdAt(),
                window.modifiedAt(),
                window.since().orElse(window.createdAt())));
    }

    private static StoredWindow window(RowView row) {
        Content content = JsonText.read(row.getColumn("content", String.class), Content.class);
        return StoredWindow.restored(
                new WindowId(row.getColumn("id", String.class)),
                content.terms(),
                content.targets(),
                content.tasks(),
                content.createdAt(),
                content.modifiedAt(),
                content.since());
    }

    private record Content(
            WindowTerms terms,
            List<WindowTarget> targets,
            List<WindowTask> tasks,
            Instant createdAt,
            Instant modifiedAt,
            Instant since) {}
}
