package io.patchway.store;

import io.patchway.rollout.RolloutPhase;
import io.patchway.run.BadCursorException;
import io.patchway.run.Clearance;
import io.patchway.run.CommandHistory;
import io.patchway.run.Page;
import io.patchway.run.RequestId;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RequestSummary;
import io.patchway.server.ServerId;
import io.patchway.store.SqlHistory.RequestCursor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** The commands in a database. Thread-safe. */
public final class SqlCommandHistory implements CommandHistory {
    private static final Instant LONG_AGO = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant FAR_AHEAD = Instant.parse("9999-01-01T00:00:00Z");

    private final Database database;

    public SqlCommandHistory(Database database) {
        this.database = database;
    }

    @Override
    public Page<Command> commands(Selection selection, Optional<String> cursor, int limit) {
        RequestCursor behind = cursor.map(RequestCursor::of).orElse(RequestCursor.NEWEST);
        String onServer = selection.server().isEmpty() ? "" : """
            and exists (select 1 from server_run
                where server_run.request_id = patch_request.id and server_run.server_id = :server)
            """;
        return database.inTransaction(handle -> {
            List<Command> commands = handle.createQuery(
                            """
                                select * from patch_request
                                where memo is not null and accepted_at > :after and accepted_at < :before
                                    and accepted_at <= :acceptedAt and (accepted_at < :acceptedAt or id < :id)
                                """ + onServer + "order by accepted_at desc, id desc limit :limit")
                    .bind("after", selection.after().orElse(LONG_AGO))
                    .bind("before", selection.before().orElse(FAR_AHEAD))
                    .bind("acceptedAt", behind.acceptedAt())
                    .bind("id", behind.id())
                    .bind("server", selection.server().map(ServerId::value))
                    .bind("limit", limit)
                    .map(SqlCommandHistory::command)
                    .list();
            return new Page<>(
                    withTotals(handle, commands),
                    commands.size() < limit
                            ? Optional.empty()
                            : Optional.of(RequestCursor.at(commands.getLast().request())
                                    .toString()));
        });
    }

    @Override
    public Optional<Command> command(RequestId id) {
        return database.inTransaction(handle -> {
            List<Command> commands = handle.createQuery(
                            "select * from patch_request where id = :id and memo is not null")
                    .bind("id", id.value())
                    .map(SqlCommandHistory::command)
                    .list();
            return withTotals(handle, commands).stream().findFirst();
        });
    }

    @Override
    public Page<CommandRun> runs(RequestId command, Optional<ServerId> server, Optional<String> cursor, int limit) {
        int behind = cursor.map(SqlCommandHistory::ordinal).orElse(-1);
        String onServer = server.isEmpty() ? "" : " and server_id = :server";
        return database.inTransaction(handle -> {
            List<PlacedRun> runs = handle.createQuery("""
                select * from server_run where request_id = :request and ordinal > :behind
                """ + onServer + " order by ordinal limit :limit")
                    .bind("request", command.value())
                    .bind("behind", behind)
                    .bind("server", server.map(ServerId::value))
                    .bind("limit", limit)
                    .map(PlacedRun::of)
                    .list();
            Reports.Details details = Reports.Details.of(
                    handle, runs.stream().map(placed -> placed.run().id()).toList());
            return new Page<>(
                    runs.stream()
                            .map(placed -> new CommandRun(details.addTo(placed.run()), placed.cancelled()))
                            .toList(),
                    runs.size() < limit
                            ? Optional.empty()
                            : Optional.of(String.valueOf(runs.getLast().ordinal())));
        });
    }

    private static int ordinal(String cursor) {
        try {
            return Integer.parseInt(cursor);
        } catch (NumberFormatException e) {
            throw new BadCursorException(cursor, e);
        }
    }

    private static Command command(RowView row) {
        return new Command(
                SqlHistory.summary(row),
                row.getColumn("memo", String.class),
                row.getColumn("rollout_phase", RolloutPhase.class) == RolloutPhase.CANCELLED);
    }

    private static List<Command> withTotals(Handle handle, List<Command> commands) {
        List<RequestSummary> totals = SqlHistory.withTotals(
                handle, commands.stream().map(Command::request).toList());
        List<Command> counted = new ArrayList<>(commands.size());
        for (int i = 0; i < commands.size(); i++) {
            Command command = commands.get(i);
            counted.add(new Command(totals.get(i), command.memo(), command.cancelled()));
        }
        return counted;
    }

    /** A run and its place in the request. */
    private record PlacedRun(RunReport run, boolean cancelled, int ordinal) {
        static PlacedRun of(RowView row) {
            return new PlacedRun(
                    Reports.withoutDetails(row),
                    row.getColumn("clearance", Clearance.Kind.class) == Clearance.Kind.CANCELLED,
                    row.getColumn("ordinal", Integer.class));
        }
    }
}
