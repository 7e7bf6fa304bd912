package io.patchway.store;

import io.patchway.audit.AuditLog;
import io.patchway.maintenance.Alert;
import io.patchway.maintenance.MaintenanceChange;
import io.patchway.maintenance.MaintenanceChange.Kind;
import io.patchway.maintenance.MaintenanceMode;
import io.patchway.maintenance.MaintenanceModes;
import io.patchway.maintenance.MaintenanceOrder;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Which servers are in maintenance mode, in a database. Thread-safe; any number of nodes may share the database. */
public final class SqlMaintenanceModes implements MaintenanceModes {
    private static final int MOST_AT_ONCE = 100;

    private final Database database;
    private final MaintenanceRows rows;
    private final AlertRows alerts;
    private final Duration longest;

    /**
     * @param node the name of this node in the audit log
     * @param longest how long a mode lasts that is set without an end
     */
    public SqlMaintenanceModes(Database database, String node, Duration longest) {
        AuditRows audit = new AuditRows(node);
        this.database = database;
        this.rows = new MaintenanceRows(audit);
        this.alerts = new AlertRows(audit);
        this.longest = longest;
    }

    @Override
    public Optional<MaintenanceMode> of(ServerId server) {
        return database.inTransaction(handle -> MaintenanceRows.find(handle, server));
    }

    @Override
    public List<MaintenanceMode> all() {
        return database.inTransaction(handle -> handle.createQuery("select * from maintenance_mode order by server_id")
                .map(MaintenanceRows::mode)
                .list());
    }

    /** In the order of the servers, so that two calls never wait for each other. */
    @Override
    public Map<ServerId, Long> set(Map<ServerId, MaintenanceOrder> orders, Instant now) {
        Map<ServerId, MaintenanceOrder> ordered = new TreeMap<>(orders);
        return SqlErrors.againAfterCollision(() -> database.inTransaction(handle -> {
            Map<ServerId, Long> numbers = new HashMap<>();
            ordered.forEach((server, order) ->
                    set(handle, server, order, now).ifPresent(number -> numbers.put(server, number)));
            return numbers;
        }));
    }

    private OptionalLong set(Handle handle, ServerId server, MaintenanceOrder order, Instant now) {
        Optional<MaintenanceMode> present = MaintenanceRows.locked(handle, server);
        if (!order.on()) {
            return present.map(
                            mode -> OptionalLong.of(rows.end(handle, mode, Kind.LEFT, order.by(), order.reason(), now)))
                    .orElse(OptionalLong.empty());
        }
        Instant until = order.until().orElse(now.plus(longest));
        if (present.isEmpty()) {
            return OptionalLong.of(rows.enter(handle, own(server, now, until, order), now));
        }
        MaintenanceMode mode = present.get();
        if (!mode.isUsersOwn()) {
            return takeOver(handle, own(server, now, until, order), now);
        }
        boolean otherEnd =
                order.until().filter(end -> !end.equals(mode.until())).isPresent();
        return otherEnd ? takeOver(handle, own(server, mode.since(), until, order), now) : OptionalLong.empty();
    }

    private OptionalLong takeOver(Handle handle, MaintenanceMode mode, Instant now) {
        return OptionalLong.of(rows.change(handle, mode, Kind.TAKEN_OVER, mode.reason(), now));
    }

    private static MaintenanceMode own(ServerId server, Instant since, Instant until, MaintenanceOrder order) {
        return new MaintenanceMode(server, since, until, order.by(), order.reason(), Optional.empty());
    }

    @Override
    public List<MaintenanceMode> expire(Instant now) {
        return database.inTransaction(handle -> over(handle, now).stream()
                .filter(mode -> expire(handle, mode, now))
                .toList());
    }

    private static List<MaintenanceMode> over(Handle handle, Instant now) {
        return handle.createQuery("""
            select * from maintenance_mode mode
            where until_at <= :now and not exists (select 1 from server_run run
                where run.request_id = mode.request_id and run.server_id = mode.server_id and run.ended_at is null)
            order by server_id limit :limit
            """)
                .bind("now", now)
                .bind("limit", MOST_AT_ONCE)
                .map(MaintenanceRows::mode)
                .list();
    }

    /** Of two nodes that see the same mode the second finds it gone, and a user who was faster has his way. */
    private boolean expire(Handle handle, MaintenanceMode seen, Instant now) {
        Optional<MaintenanceMode> present =
                MaintenanceRows.locked(handle, seen.server()).filter(seen::equals);
        present.ifPresent(mode -> {
            rows.end(handle, mode, Kind.EXPIRED, AuditLog.PATCHWAY, "nobody ended it in time", now);
            String text = mode.by() + " entered it at " + mode.since() + ": " + mode.reason();
            alerts.raise(handle, Alert.MAINTENANCE_EXPIRED, mode.server(), text, now);
        });
        return present.isPresent();
    }

    @Override
    public List<MaintenanceChange> history(ServerId server, int most) {
        return database.inTransaction(handle -> handle.createQuery("""
            select * from maintenance_change where server_id = :server order by number desc limit :most
            """)
                .bind("server", server.value())
                .bind("most", most)
                .map(MaintenanceRows::change)
                .list());
    }

    @Override
    public Optional<MaintenanceChange> change(long number) {
        return database.inTransaction(
                handle -> handle.createQuery("select * from maintenance_change where number = :number")
                        .bind("number", number)
                        .map(MaintenanceRows::change)
                        .findOne());
    }

    @Override
    public List<ServerId> leftOnBy(UUID request) {
        return database.inTransaction(handle -> handle.createQuery("""
            select server_id from maintenance_change where request_id = :request and kind = :kind order by server_id
            """)
                .bind("request", request)
                .bind("kind", Kind.LEFT_ON)
                .map(row -> new ServerId(row.getColumn("server_id", String.class)))
                .list());
    }
}
