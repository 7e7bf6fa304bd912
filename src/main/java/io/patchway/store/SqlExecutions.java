package io.patchway.store;

import io.patchway.run.Clearance;
import io.patchway.run.ExecutionNumber;
import io.patchway.run.ExecutionStanding;
import io.patchway.run.Executions;
import io.patchway.run.Operation;
import io.patchway.run.RequestId;
import io.patchway.run.RunId;
import io.patchway.run.RunState;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** Server runs one by one, in a database. Thread-safe. */
public final class SqlExecutions implements Executions {
    /** Up to so many servers are asked about one by one; beyond, everything open is read once. */
    private static final int FEW = 50;

    private static final String OPEN = """
        select distinct server_id from server_run
        join patch_request on patch_request.id = server_run.request_id
        where server_run.ended_at is null and patch_request.operation = 'INSTALL'
        """;

    private final Database database;

    public SqlExecutions(Database database) {
        this.database = database;
    }

    @Override
    public Optional<ExecutionStanding> find(ExecutionNumber number) {
        return database.inTransaction(handle -> handle.createQuery("""
            select server_run.*, operation, max_rounds, requester, accepted_at,
                (select note from run_note where run_id = server_run.id order by id desc limit 1) as last_note
            from server_run join patch_request on patch_request.id = server_run.request_id
            where number = :number
            """)
                .bind("number", number.value())
                .map(SqlExecutions::standing)
                .findOne());
    }

    @Override
    public Set<ServerId> beingPatched(Collection<ServerId> servers) {
        return database.inTransaction(handle -> servers.size() <= FEW
                ? servers.stream().filter(server -> isOpen(handle, server)).collect(Collectors.toSet())
                : openAmong(handle, servers));
    }

    private static boolean isOpen(Handle handle, ServerId server) {
        return handle.createQuery(OPEN + " and server_id = :server")
                .bind("server", server.value())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    private static Set<ServerId> openAmong(Handle handle, Collection<ServerId> servers) {
        Set<ServerId> asked = Set.copyOf(servers);
        List<String> open = handle.createQuery(OPEN).mapTo(String.class).list();
        return open.stream().map(ServerId::new).filter(asked::contains).collect(Collectors.toSet());
    }

    private static ExecutionStanding standing(RowView row) {
        RunState state = row.getColumn("state", RunState.class);
        Instant since = row.getColumn("state_since", Instant.class);
        return new ExecutionStanding(
                new ExecutionNumber(row.getColumn("number", Long.class)),
                new RunId(row.getColumn("id", UUID.class)),
                new RequestId(row.getColumn("request_id", UUID.class)),
                new ServerId(row.getColumn("server_id", String.class)),
                row.getColumn("operation", Operation.class),
                state,
                row.getColumn("round", Integer.class),
                row.getColumn("max_rounds", Integer.class),
                row.getColumn("reboots", Integer.class),
                row.getColumn("clearance", Clearance.Kind.class) == Clearance.Kind.WAITING,
                !state.ended()
                        && RequestRows.optional(row, "resumed_at", Instant.class)
                                .filter(at -> !at.isBefore(since))
                                .isPresent(),
                row.getColumn("requester", String.class),
                row.getColumn("accepted_at", Instant.class),
                RequestRows.optional(row, "started_at", Instant.class),
                RequestRows.optional(row, "ended_at", Instant.class),
                RequestRows.optional(row, "last_error", String.class),
                RequestRows.optional(row, "last_note", String.class));
    }
}
