package io.patchway.store;

import io.patchway.audit.AuditLog;
import io.patchway.run.Absences.Absence;
import io.patchway.run.MailOutbox.Kind;
import io.patchway.run.RequestId;
import io.patchway.run.RunId;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunMemory;
import io.patchway.run.RunState;
import io.patchway.run.ScanRecord;
import io.patchway.run.ServerRun;
import io.patchway.run.ServerStanding;
import io.patchway.run.Transition;
import io.patchway.server.ServerId;
import io.patchway.store.RunMaintenance.Ending;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a step does with the ledger: load the run, occupy its server, commit.
 *
 * <p>Rows are locked in one order everywhere (run, occupation, request), so that no two steps wait for each other.
 */
final class Steps {
    private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

    private final Database database;
    private final OutboxRows outbox;
    private final AuditRows audit;
    private final RunMaintenance maintenance;
    private final RunRows runs = new RunRows();

    Steps(Database database, OutboxRows outbox, AuditRows audit) {
        this.database = database;
        this.outbox = outbox;
        this.audit = audit;
        this.maintenance = new RunMaintenance(audit);
    }

    Optional<ServerRun> load(Claim claim) {
        return database.inTransaction(handle -> runs.find(handle, claim));
    }

    boolean occupy(ServerId server, Claim claim) {
        try {
            return database.inSharedTransaction(handle -> occupy(handle, server, claim));
        } catch (RuntimeException e) {
            if (SqlErrors.isUniqueViolation(e)) {
                return false;
            }
            throw e;
        }
    }

    /**
     * The run's row is locked first: a run that is just ending, or being called back, could otherwise leave its server
     * occupied.
     */
    private static boolean occupy(Handle handle, ServerId server, Claim claim) {
        UUID run = claim.run().value();
        boolean held = handle.createQuery("""
            select 1 from server_run where id = :run and fence = :fence and ended_at is null for update
            """)
                .bind("run", run)
                .bind("fence", claim.fence())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
        if (!held) {
            return false;
        }
        Optional<UUID> occupant = handle.createQuery("select run_id from server_occupation where server_id = :server")
                .bind("server", server.value())
                .mapTo(UUID.class)
                .findOne();
        if (occupant.isPresent()) {
            return occupant.get().equals(run);
        }
        handle.createUpdate("insert into server_occupation (server_id, run_id) values (:server, :run)")
                .bind("server", server.value())
                .bind("run", run)
                .execute();
        return true;
    }

    boolean remember(Claim claim, RunMemory memory) {
        String document = JsonText.of(memory);
        return database.inSharedTransaction(handle -> RunRows.remember(handle, claim, document));
    }

    /** @param kept the lease of the next step; empty when the claim is given back */
    boolean commit(Claim claim, Transition transition, Optional<Lease> kept, Instant now) {
        StepDocuments documents = StepDocuments.of(transition);
        Outcome outcome = SqlErrors.againAfterCollision(
                () -> database.inSharedTransaction(handle -> commit(handle, claim, transition, documents, kept, now)));
        outcome.tellAlert();
        return outcome.committed();
    }

    private Outcome commit(
            Handle handle,
            Claim claim,
            Transition transition,
            StepDocuments documents,
            Optional<Lease> kept,
            Instant now) {
        if (!RunRows.move(handle, claim, transition, documents.memory(), kept, now)) {
            return Outcome.LOST;
        }
        RunState next = transition.next();
        Optional<Ending> left = Optional.empty();
        ChangeRows.replace(handle, claim.run(), transition.changes());
        if (transition.note().isPresent() || transition.scan().isPresent() || next.ended()) {
            RunRows.Owner owner = RunRows.owner(handle, claim.run());
            if (next.ended()) {
                // Before the note: the verdict is the last word.
                left = leaveMaintenance(handle, claim.run(), owner, next, now);
            }
            transition.note().ifPresent(note -> note(handle, claim.run(), owner, transition, note, now));
            transition.scan().ifPresent(scan -> keep(handle, claim.run(), owner.server(), scan, documents));
            transition.maintenanceUntil().ifPresent(until -> enterMaintenance(handle, claim.run(), owner, until, now));
            if (next.ended()) {
                transition
                        .deadline()
                        .ifPresent(until -> SqlAbsences.insert(
                                handle,
                                absence(claim.run(), owner.server(), transition, now, until),
                                transition.dueAt()));
                end(handle, claim.run(), owner.request(), now);
            }
        }
        return new Outcome(true, left);
    }

    /** A step that enters maintenance mode has a note, as every step that leads to another state. */
    private void enterMaintenance(Handle handle, RunId run, RunRows.Owner owner, Instant until, Instant now) {
        String line = maintenance.enter(handle, owner.server(), owner.request(), until, now);
        NoteRows.insertAsItStands(handle, run, line, now);
    }

    private Optional<Ending> leaveMaintenance(
            Handle handle, RunId run, RunRows.Owner owner, RunState verdict, Instant now) {
        Optional<Ending> ending = maintenance.ended(handle, owner.server(), owner.request(), verdict, now);
        ending.ifPresent(left -> NoteRows.insertAsItStands(handle, run, left.line(), now));
        return ending;
    }

    private static void keep(Handle handle, RunId run, ServerId server, ScanRecord scan, StepDocuments documents) {
        long id = ScanRows.insert(handle, run, server, scan, documents.scan());
        scan.occasion().ifPresent(occasion -> {
            SummaryRows.insert(handle, id, run, server, scan, occasion, documents.counts());
            StandingRows.update(handle, server, id, scan.scan(), occasion);
        });
    }

    ServerStanding standing(ServerId server) {
        return database.inTransaction(handle -> StandingRows.of(handle, server));
    }

    /** What a step has to say goes to the time line of the run and, with the state, to the audit log. */
    private void note(Handle handle, RunId run, RunRows.Owner owner, Transition transition, String note, Instant now) {
        RunState next = transition.next();
        NoteRows.insert(handle, run, next, transition.round(), note, now);
        String detail = "%s of request %s: %s in round %d: %s"
                .formatted(owner.server(), owner.request(), next, transition.round(), note);
        audit.insert(handle, AuditLog.PATCHWAY, "run.moved", "run " + run, detail, now);
    }

    private static Absence absence(RunId run, ServerId server, Transition transition, Instant now, Instant until) {
        return new Absence(run, server, transition.memory().bootId().orElse(""), now, until);
    }

    boolean abandon(Claim claim, String reason, Instant now) {
        Outcome outcome = database.inTransaction(handle -> {
            if (!RunRows.abandon(handle, claim, reason, now)) {
                return Outcome.LOST;
            }
            RunRows.Owner owner = RunRows.owner(handle, claim.run());
            Optional<Ending> left = leaveMaintenance(handle, claim.run(), owner, RunState.UNKNOWN, now);
            NoteRows.insertAsItStands(handle, claim.run(), reason, now);
            audit.insert(handle, AuditLog.PATCHWAY, "run.moved", "run " + claim.run(), reason, now);
            end(handle, claim.run(), owner.request(), now);
            return new Outcome(true, left);
        });
        outcome.tellAlert();
        return outcome.committed();
    }

    private void end(Handle handle, RunId run, RequestId request, Instant now) {
        handle.createUpdate("delete from server_occupation where run_id = :run")
                .bind("run", run.value())
                .execute();
        if (RequestRows.endRun(handle, request, now)) {
            outbox.promise(handle, request, Kind.VERDICT, now);
        }
    }

    /**
     * What became of a step.
     *
     * @param left what the end of the run did with the maintenance mode of its server
     */
    private record Outcome(boolean committed, Optional<Ending> left) {
        static final Outcome LOST = new Outcome(false, Optional.empty());

        /** Not before the transaction has been committed, which may take several attempts. */
        void tellAlert() {
            left.filter(Ending::alert).ifPresent(ending -> LOG.warn("Alert: {}", ending.text()));
        }
    }
}
