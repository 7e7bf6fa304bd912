package io.patchway.store;

import io.patchway.console.ConsoleItem;
import io.patchway.console.ConsoleItems;
import io.patchway.console.ItemKind;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** What people created in the console, in a database. Thread-safe; any number of nodes may share the database. */
public final class SqlConsoleItems implements ConsoleItems {
    private final Database database;
    private final AuditRows audit;

    /** @param node the name of this node in the audit log */
    public SqlConsoleItems(Database database, String node) {
        this.database = database;
        this.audit = new AuditRows(node);
    }

    @Override
    public List<ConsoleItem> all(ItemKind kind) {
        return database.inTransaction(
                handle -> handle.createQuery("select * from console_item where kind = :kind order by number")
                        .bind("kind", kind)
                        .map(SqlConsoleItems::item)
                        .list());
    }

    @Override
    public ConsoleItem add(ItemKind kind, String name, String document, String actor, Instant now) {
        UUID guid = UUID.randomUUID();
        return unlessTaken(
                name,
                () -> database.inTransaction(handle -> {
                    // A transaction that is tried again finds what it has done already.
                    Optional<ConsoleItem> added = find(handle, kind, guid);
                    if (added.isPresent()) {
                        return added.get();
                    }
                    handle.createUpdate("""
                        insert into console_item (guid, kind, name, name_key, creator, created_at, document)
                        values (:guid, :kind, :name, :key, :creator, :now, :document)
                        """)
                            .bind("guid", guid)
                            .bind("kind", kind)
                            .bind("name", name)
                            .bind("key", key(name))
                            .bind("creator", actor)
                            .bind("now", now)
                            .bind("document", document)
                            .execute();
                    tell(handle, actor, "created", kind, name, document, now);
                    return find(handle, kind, guid).orElseThrow();
                }));
    }

    @Override
    public Optional<ConsoleItem> replace(
            ItemKind kind, int number, String name, String document, String actor, Instant now) {
        return unlessTaken(
                name,
                () -> database.inTransaction(handle -> {
                    int changed = handle.createUpdate("""
                        update console_item set name = :name, name_key = :key, document = :document
                        where kind = :kind and number = :number
                        """)
                            .bind("kind", kind)
                            .bind("number", number)
                            .bind("name", name)
                            .bind("key", key(name))
                            .bind("document", document)
                            .execute();
                    if (changed > 0) {
                        tell(handle, actor, "changed", kind, name, document, now);
                    }
                    return find(handle, kind, number);
                }));
    }

    @Override
    public boolean remove(ItemKind kind, int number, String actor, Instant now) {
        return database.inTransaction(handle -> {
            Optional<ConsoleItem> item = find(handle, kind, number);
            item.ifPresent(found -> {
                handle.createUpdate("delete from console_item where number = :number")
                        .bind("number", number)
                        .execute();
                tell(handle, actor, "deleted", kind, found.name(), "", now);
            });
            return item.isPresent();
        });
    }

    @Override
    public Map<ServerId, Integer> numbers(Collection<ServerId> servers) {
        Map<ServerId, Integer> known = known();
        TreeSet<ServerId> unknown = new TreeSet<>(servers);
        unknown.removeAll(known.keySet());
        if (unknown.isEmpty()) {
            return known;
        }
        unknown.forEach(this::number);
        return known();
    }

    private Map<ServerId, Integer> known() {
        Map<ServerId, Integer> numbers = new HashMap<>();
        database.inTransaction(handle -> handle.createQuery("select server_id, number from console_server")
                        .map(row -> Map.entry(
                                new ServerId(row.getColumn("server_id", String.class)),
                                row.getColumn("number", Integer.class)))
                        .list())
                .forEach(entry -> numbers.put(entry.getKey(), entry.getValue()));
        return numbers;
    }

    private void number(ServerId server) {
        try {
            database.inTransaction(handle -> handle.createUpdate("insert into console_server (server_id) values (:id)")
                    .bind("id", server.value())
                    .execute());
        } catch (RuntimeException e) {
            // Another node was faster, and its number counts.
            if (!SqlErrors.isUniqueViolation(e)) {
                throw e;
            }
        }
    }

    private static <T> T unlessTaken(String name, java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            throw SqlErrors.isUniqueViolation(e) ? new NameTakenException(name) : e;
        }
    }

    private void tell(
            Handle handle, String actor, String what, ItemKind kind, String name, String detail, Instant now) {
        String words = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        audit.insert(handle, actor, words.replace(' ', '-') + "." + what, words + " " + name, detail, now);
    }

    private static Optional<ConsoleItem> find(Handle handle, ItemKind kind, int number) {
        return handle.createQuery("select * from console_item where kind = :kind and number = :number")
                .bind("kind", kind)
                .bind("number", number)
                .map(SqlConsoleItems::item)
                .findOne();
    }

    private static Optional<ConsoleItem> find(Handle handle, ItemKind kind, UUID guid) {
        return handle.createQuery("select * from console_item where kind = :kind and guid = :guid")
                .bind("kind", kind)
                .bind("guid", guid)
                .map(SqlConsoleItems::item)
                .findOne();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static ConsoleItem item(RowView row) {
        return new ConsoleItem(
                row.getColumn("number", Integer.class),
                row.getColumn("guid", UUID.class),
                row.getColumn("kind", ItemKind.class),
                row.getColumn("name", String.class),
                row.getColumn("creator", String.class),
                row.getColumn("created_at", Instant.class),
                row.getColumn("document", String.class));
    }
}
