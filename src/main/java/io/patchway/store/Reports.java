package io.patchway.store;

import io.patchway.run.ExecutionNumber;
import io.patchway.run.PatchChange;
import io.patchway.run.PatchRequest;
import io.patchway.run.RequestId;
import io.patchway.run.RequestReport;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunId;
import io.patchway.run.RunNote;
import io.patchway.run.RunState;
import io.patchway.run.ServerRun;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** Reads back what was recorded about requests. */
final class Reports {
    private static final int DETAILED_IN_A_LIST = 100;
    /** Runs whose details one query fetches; databases limit the number of parameters. */
    private static final int CHUNK = 500;

    private static final Comparator<RunReport> TROUBLE_FIRST =
            Comparator.comparing(run -> run.state() == RunState.SUCCEEDED);

    private final Database database;

    Reports(Database database) {
        this.database = database;
    }

    Optional<RequestReport> report(RequestId id, int detailedRuns) {
        return database.inTransaction(handle -> report(handle, id, detailedRuns));
    }

    List<RequestReport> newest(int limit) {
        return database.inTransaction(handle -> RequestRows.newest(handle, limit).stream()
                .flatMap(id -> report(handle, id, DETAILED_IN_A_LIST).stream())
                .toList());
    }

    boolean othersAreOpen(ServerRun run, Instant patience) {
        return database.inTransaction(handle -> handle.createQuery("""
            select 1 from server_run
            where request_id = :request and due_at is not null and id <> :run
                and not (state = 'PRECHECK' and state_since < :patience and id > :run)
            limit 1
            """)
                .bind("request", run.request().id().value())
                .bind("run", run.id().value())
                .bind("patience", patience)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    int openRuns() {
        return database.inTransaction(handle -> handle.createQuery(
                        "select coalesce(sum(open_runs), 0) from patch_request where ended_at is null")
                .mapTo(Integer.class)
                .one());
    }

    List<Duration> installTimes(ServerId server, int most) {
        return database.inTransaction(handle -> handle.createQuery("""
            select started_at, ended_at from server_run
            where server_id = :server and started_at is not null and ended_at is not null
                and state not in ('DEFERRED', 'CANCELLED', 'UNKNOWN')
                and exists (select 1 from patch_change
                    where run_id = server_run.id and outcome = 'INSTALLED')
            order by id desc limit :most
            """)
                .bind("server", server.value())
                .bind("most", most)
                .map(row -> Duration.between(
                        row.getColumn("started_at", Instant.class), row.getColumn("ended_at", Instant.class)))
                .list());
    }

    private static Optional<RequestReport> report(Handle handle, RequestId id, int detailedRuns) {
        return RequestRows.find(handle, id).map(request -> report(handle, request, detailedRuns));
    }

    private static RequestReport report(Handle handle, PatchRequest request, int detailedRuns) {
        List<RunReport> runs = handle.createQuery("select * from server_run where request_id = :id order by ordinal")
                .bind("id", request.id().value())
                .map(Reports::withoutDetails)
                .list();
        List<RunId> detailed = runs.stream()
                .sorted(TROUBLE_FIRST)
                .limit(detailedRuns)
                .map(RunReport::id)
                .toList();
        Details details = Details.of(handle, detailed);
        return new RequestReport(
                request,
                RequestRows.endedAt(handle, request.id()),
                runs.stream().map(details::addTo).toList());
    }

    static RunReport withoutDetails(RowView row) {
        return new RunReport(
                new RunId(row.getColumn("id", UUID.class)),
                new ExecutionNumber(row.getColumn("number", Long.class)),
                new ServerId(row.getColumn("server_id", String.class)),
                row.getColumn("state", RunState.class),
                row.getColumn("round", Integer.class),
                row.getColumn("reboots", Integer.class),
                RequestRows.optional(row, "started_at", Instant.class),
                RequestRows.optional(row, "ended_at", Instant.class),
                RequestRows.optional(row, "last_error", String.class),
                List.of(),
                List.of());
    }

    /** Changes and notes of some runs. */
    record Details(Map<RunId, List<PatchChange>> changes, Map<RunId, List<RunNote>> notes) {

        static Details of(Handle handle, List<RunId> runs) {
            Details details = new Details(new HashMap<>(), new HashMap<>());
            IntStream.iterate(0, start -> start < runs.size(), start -> start + CHUNK)
                    .mapToObj(start -> runs.subList(start, Math.min(start + CHUNK, runs.size())))
                    .forEach(chunk -> {
                        details.changes.putAll(ChangeRows.of(handle, chunk));
                        details.notes.putAll(NoteRows.of(handle, chunk));
                    });
            return details;
        }

        RunReport addTo(RunReport run) {
            return new RunReport(
                    run.id(),
                    run.number(),
                    run.server(),
                    run.state(),
                    run.rounds(),
                    run.reboots(),
                    run.startedAt(),
                    run.endedAt(),
                    run.lastError(),
                    changes.getOrDefault(run.id(), List.of()),
                    notes.getOrDefault(run.id(), List.of()));
        }
    }
}
