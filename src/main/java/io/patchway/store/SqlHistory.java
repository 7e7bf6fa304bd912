package io.patchway.store;

import io.patchway.run.BadCursorException;
import io.patchway.run.ExecutionNumber;
import io.patchway.run.History;
import io.patchway.run.Operation;
import io.patchway.run.Page;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestId;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RequestSummary;
import io.patchway.run.RunState;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** The history in a database. Every page is read along an index. Thread-safe. */
public final class SqlHistory implements History {
    private static final UUID BEHIND_ALL = new UUID(-1, -1);

    private static final String OF_INSTALLS = " and exists (select 1 from patch_request"
            + " where patch_request.id = server_run.request_id and patch_request.operation = 'INSTALL')";

    private final Database database;

    public SqlHistory(Database database) {
        this.database = database;
    }

    @Override
    public Page<RequestSummary> requests(Optional<String> cursor, int limit) {
        RequestCursor behind = cursor.map(RequestCursor::of).orElse(RequestCursor.NEWEST);
        return database.inTransaction(handle -> {
            List<RequestSummary> requests = handle.createQuery("""
                select * from patch_request
                where accepted_at <= :acceptedAt and (accepted_at < :acceptedAt or id < :id)
                order by accepted_at desc, id desc limit :limit
                """)
                    .bind("acceptedAt", behind.acceptedAt())
                    .bind("id", behind.id())
                    .bind("limit", limit)
                    .map(SqlHistory::summary)
                    .list();
            return page(
                    withTotals(handle, requests),
                    limit,
                    last -> RequestCursor.at(last).toString());
        });
    }

    @Override
    public Optional<RequestSummary> request(RequestId id) {
        return database.inTransaction(handle -> {
            List<RequestSummary> requests = handle.createQuery("select * from patch_request where id = :id")
                    .bind("id", id.value())
                    .map(SqlHistory::summary)
                    .list();
            return withTotals(handle, requests).stream().findFirst();
        });
    }

    @Override
    public Page<RunReport> runs(RequestId request, Optional<String> cursor, int limit) {
        int behind = cursor.map(SqlHistory::ordinal).orElse(-1);
        return database.inTransaction(handle -> {
            List<RunReport> runs = handle.createQuery("""
                select * from server_run where request_id = :request and ordinal > :behind
                order by ordinal limit :limit
                """)
                    .bind("request", request.value())
                    .bind("behind", behind)
                    .bind("limit", limit)
                    .map(Reports::withoutDetails)
                    .list();
            Reports.Details details =
                    Reports.Details.of(handle, runs.stream().map(RunReport::id).toList());
            int last = behind + runs.size();
            return page(runs.stream().map(details::addTo).toList(), limit, run -> String.valueOf(last));
        });
    }

    @Override
    public Page<ServerHistory> runs(ServerId server, Optional<String> cursor, int limit) {
        return runs("", server, cursor, limit);
    }

    @Override
    public Page<ServerHistory> installs(ServerId server, Optional<String> cursor, int limit) {
        return runs(OF_INSTALLS, server, cursor, limit);
    }

    /** @param condition one of the constants here, with {@code and} before it */
    private Page<ServerHistory> runs(String condition, ServerId server, Optional<String> cursor, int limit) {
        UUID behind = cursor.map(SqlHistory::runId).orElse(BEHIND_ALL);
        return database.inTransaction(handle -> {
            List<ServerHistory> runs = handle.createQuery("select * from server_run where server_id = :server"
                            + " and id < :behind" + condition + " order by server_id desc, id desc limit :limit")
                    .bind("server", server.value())
                    .bind("behind", behind)
                    .bind("limit", limit)
                    .map(SqlHistory::withoutDetails)
                    .list();
            return page(
                    withDetails(handle, runs), limit, entry -> entry.run().id().toString());
        });
    }

    @Override
    public Optional<ServerHistory> run(ExecutionNumber number) {
        return database.inTransaction(handle -> {
            List<ServerHistory> runs = handle.createQuery("select * from server_run where number = :number")
                    .bind("number", number.value())
                    .map(SqlHistory::withoutDetails)
                    .list();
            return withDetails(handle, runs).stream().findFirst();
        });
    }

    private static ServerHistory withoutDetails(RowView row) {
        return new ServerHistory(new RequestId(row.getColumn("request_id", UUID.class)), Reports.withoutDetails(row));
    }

    private static List<ServerHistory> withDetails(Handle handle, List<ServerHistory> runs) {
        Reports.Details details = Reports.Details.of(
                handle, runs.stream().map(entry -> entry.run().id()).toList());
        return runs.stream()
                .map(entry -> new ServerHistory(entry.request(), details.addTo(entry.run())))
                .toList();
    }

    /** A full page has one behind it, which may turn out to be empty. */
    private static <T> Page<T> page(List<T> entries, int limit, Function<T, String> cursor) {
        return new Page<>(
                entries, entries.size() < limit ? Optional.empty() : Optional.of(cursor.apply(entries.get(limit - 1))));
    }

    private static int ordinal(String cursor) {
        try {
            return Integer.parseInt(cursor);
        } catch (NumberFormatException e) {
            throw new BadCursorException(cursor, e);
        }
    }

    private static UUID runId(String cursor) {
        try {
            return UUID.fromString(cursor);
        } catch (IllegalArgumentException e) {
            throw new BadCursorException(cursor, e);
        }
    }

    static List<RequestSummary> withTotals(Handle handle, List<RequestSummary> requests) {
        if (requests.isEmpty()) {
            return requests;
        }
        Map<RequestId, Map<RunState, Integer>> totals =
                totals(handle, requests.stream().map(RequestSummary::id).toList());
        return requests.stream()
                .map(request -> request.with(totals.getOrDefault(request.id(), Map.of())))
                .toList();
    }

    private static Map<RequestId, Map<RunState, Integer>> totals(Handle handle, Collection<RequestId> requests) {
        Map<RequestId, Map<RunState, Integer>> totals = new HashMap<>();
        handle.createQuery("""
            select request_id, state, count(*) as runs from server_run
            where request_id in (<requests>) group by request_id, state
            """)
                .bindList("requests", requests.stream().map(RequestId::value).toList())
                .map((RowView row) -> totals.computeIfAbsent(
                                new RequestId(row.getColumn("request_id", UUID.class)),
                                id -> new EnumMap<>(RunState.class))
                        .put(row.getColumn("state", RunState.class), row.getColumn("runs", Integer.class)))
                .list();
        return totals;
    }

    static RequestSummary summary(RowView row) {
        return new RequestSummary(
                new RequestId(row.getColumn("id", UUID.class)),
                row.getColumn("operation", Operation.class),
                row.getColumn("reboot_option", RebootOption.class),
                row.getColumn("max_rounds", Integer.class),
                row.getColumn("origin", String.class),
                row.getColumn("requester", String.class),
                RequestRows.optional(row, "baseline", String.class),
                RequestRows.optional(row, "script_package", String.class),
                row.getColumn("accepted_at", Instant.class),
                RequestRows.optional(row, "ended_at", Instant.class),
                Map.of());
    }

    /** Where a page of requests ends; the time and the id, so that the cursor outlives the request. */
    record RequestCursor(Instant acceptedAt, UUID id) {
        static final RequestCursor NEWEST = new RequestCursor(Instant.parse("9999-01-01T00:00:00Z"), BEHIND_ALL);

        static RequestCursor at(RequestSummary request) {
            return new RequestCursor(request.acceptedAt(), request.id().value());
        }

        static RequestCursor of(String text) {
            String[] parts = text.split("_", 2);
            try {
                return new RequestCursor(Instant.parse(parts[0]), UUID.fromString(parts[parts.length - 1]));
            } catch (DateTimeParseException | IllegalArgumentException e) {
                throw new BadCursorException(text, e);
            }
        }

        @Override
        public String toString() {
            return acceptedAt + "_" + id;
        }
    }
}
