package io.patchway.store;

import io.patchway.rollout.Stages;
import io.patchway.run.Clearance;
import io.patchway.run.ExecutionNumber;
import io.patchway.run.MailOutbox.Kind;
import io.patchway.run.PatchRequest;
import io.patchway.run.RequestId;
import io.patchway.run.RunId;
import io.patchway.run.RunLedger.Acceptance;
import io.patchway.run.RunLedger.QueuedRun;
import io.patchway.run.RunMemory;
import io.patchway.run.RunState;
import io.patchway.run.ServersBusyException;
import io.patchway.server.ServerId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Records requests, their queued runs and the mails that confirm them. */
final class Acceptances {
    private static final int BATCH = 1000;

    private final Database database;
    private final OutboxRows outbox;
    private final AuditRows audit;

    Acceptances(Database database, OutboxRows outbox, AuditRows audit) {
        this.database = database;
        this.outbox = outbox;
        this.audit = audit;
    }

    Acceptance accept(PatchRequest request, Stages stages, Optional<String> fingerprint) {
        if (request.servers().isEmpty()) {
            throw new IllegalArgumentException("a patch request needs at least one server");
        }
        Acceptance acceptance = fingerprint
                .flatMap(this::findByFingerprint)
                .orElseGet(() -> insertUnlessRaced(request, stages, fingerprint));
        if (acceptance.duplicate()) {
            database.inTransaction(handle -> {
                record(handle, "request.duplicate", acceptance.request(), request);
                return acceptance;
            });
        }
        return acceptance;
    }

    private void record(Handle handle, String action, RequestId id, PatchRequest request) {
        String window = request.window().map(span -> ", window " + span.name()).orElse("");
        String detail = "%s of %d servers, %s%s"
                .formatted(request.operation(), request.servers().size(), request.origin(), window);
        audit.insert(handle, request.requester(), action, "request " + id, detail, request.acceptedAt());
    }

    /**
     * The unique keys decide a race: for the fingerprint, and for the id when this very insert was committed but the
     * answer got lost and it was tried again.
     */
    private Acceptance insertUnlessRaced(PatchRequest request, Stages stages, Optional<String> fingerprint) {
        try {
            return database.inTransaction(handle -> insert(handle, request, stages, fingerprint));
        } catch (RuntimeException e) {
            if (!SqlErrors.isUniqueViolation(e)) {
                throw e;
            }
            return database.inTransaction(handle -> find(handle, request.id(), false))
                    .or(() -> fingerprint.flatMap(this::findByFingerprint))
                    .orElseThrow(() -> e);
        }
    }

    private Acceptance insert(Handle handle, PatchRequest request, Stages stages, Optional<String> fingerprint) {
        RequestRows.insert(handle, request, stages, fingerprint);
        if (!request.operation().isPatching()) {
            refuseBusy(handle, request);
        }
        boolean allAtOnce = request.rollout().allAtOnce();
        String memory = JsonText.of(RunMemory.fresh());
        PreparedBatch batch = handle.prepareBatch("""
            insert into server_run (id, request_id, ordinal, server_id, state, round, fence, due_at, state_since,
                memory, reboots, stage, clearance)
            values (:id, :request, :ordinal, :server, :state, 0, 0, :dueAt, :acceptedAt, :memory, 0, :stage, :clearance)
            """);
        for (int ordinal = 0; ordinal < request.servers().size(); ordinal++) {
            batch.bind("id", RunId.next().value())
                    .bind("request", request.id().value())
                    .bind("ordinal", ordinal)
                    .bind("server", request.servers().get(ordinal).value())
                    .bind("state", RunState.QUEUED)
                    .bind("acceptedAt", request.acceptedAt())
                    .bind("dueAt", Optional.of(request.acceptedAt()).filter(due -> allAtOnce))
                    .bind("memory", memory)
                    .bind("stage", stages.ofServers().get(ordinal))
                    .bind("clearance", allAtOnce ? Clearance.Kind.CLEARED : Clearance.Kind.WAITING)
                    .add();
            if (batch.size() == BATCH) {
                batch.execute();
            }
        }
        batch.execute();
        outbox.promise(handle, request.id(), Kind.REQUESTED, request.acceptedAt());
        record(handle, "request.accepted", request.id(), request);
        return find(handle, request.id(), false).orElseThrow();
    }

    /** One after the other, so that of two calls one sees what the other has begun; an equal one was found before. */
    private static void refuseBusy(Handle handle, PatchRequest request) {
        DutyRows.lock(handle, DutyRows.MACHINES);
        Set<ServerId> busy = BusyRows.among(handle, request.servers(), request.acceptedAt());
        if (!busy.isEmpty()) {
            throw new ServersBusyException(busy);
        }
    }

    Optional<Acceptance> findByFingerprint(String fingerprint) {
        return database.inTransaction(
                handle -> RequestRows.findByFingerprint(handle, fingerprint).flatMap(id -> find(handle, id, true)));
    }

    private static Optional<Acceptance> find(Handle handle, RequestId id, boolean duplicate) {
        List<QueuedRun> runs = handle.createQuery(
                        "select id, server_id, number from server_run where request_id = :id order by ordinal")
                .bind("id", id.value())
                .map(row -> new QueuedRun(
                        new ServerId(row.getColumn("server_id", String.class)),
                        new RunId(row.getColumn("id", UUID.class)),
                        new ExecutionNumber(row.getColumn("number", Long.class))))
                .list();
        return runs.isEmpty() ? Optional.empty() : Optional.of(new Acceptance(id, runs, duplicate));
    }
}
