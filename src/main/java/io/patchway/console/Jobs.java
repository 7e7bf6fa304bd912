package io.patchway.console;

import io.patchway.run.ScanRecord;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The jobs of the console. How far each is, is read from the run ledger; what retention has removed there is not shown
 * here any more. Thread-safe.
 */
public interface Jobs {

    /** Takes down a job before its request is handed in, so that nothing that runs is ever unknown. */
    void begin(Job job, List<JobTarget> targets);

    /** Takes down that nothing will be done on a server after all. */
    void refuse(UUID job, ServerId server, int errorNumber, String errorText);

    /** Strikes out a job whose request was refused as a whole. */
    void forget(UUID job);

    /**
     * Removes the results of a job: it is not listed any more.
     *
     * @return whether there was such a job
     */
    boolean delete(JobKind kind, UUID job, String actor, Instant now);

    /** A job, also one that was deleted a while ago. */
    Optional<JobStatus> find(UUID job);

    /** Jobs that were not deleted, the newest first. */
    List<JobStatus> list(JobKind kind, Selection selection, int start, int count);

    /**
     * The machines of a job in the order in which they were named.
     *
     * @param detailed whether changes and notes of every run are wanted; else only of those that ended in trouble
     */
    List<JobMachine> machines(UUID job, boolean detailed);

    /** One machine of a job, with changes and notes. */
    Optional<JobMachine> machine(UUID job, int id);

    /** Everything that a scan found; empty when retention has removed it. */
    Optional<ScanRecord> findings(long scan);

    /** The scan of the same server before this one. */
    Optional<ScanRecord> findingsBefore(ServerId server, long scan);

    /** The newest scan that was asked for here of each server that has one. */
    List<Latest> latestScans();

    /** @param scan the job */
    record Latest(ServerId server, UUID scan) {}

    /**
     * Which jobs are meant.
     *
     * @param name whole name, in any letter case
     * @param user who asked for it
     * @param from first instant of the start that counts
     * @param until last instant of the start that counts
     */
    record Selection(Optional<String> name, Optional<String> user, Optional<Instant> from, Optional<Instant> until) {
        /** All jobs. */
        public static final Selection ALL =
                new Selection(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
