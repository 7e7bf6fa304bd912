package io.patchway.console;

import io.patchway.run.RequestReport.RunReport;
import io.patchway.scan.HostFacts;
import java.time.Instant;
import java.util.Optional;

/**
 * One machine of a job, and what is known of it.
 *
 * @param id number of the row; no other job has it
 * @param run the server run that works on it; empty when none does
 * @param stateSince when the run entered its state
 * @param found what its last scan found; empty as long as there is none
 */
public record JobMachine(
        int id, JobTarget target, Optional<RunReport> run, Optional<Instant> stateSince, Optional<Found> found) {

    /**
     * A scan in figures.
     *
     * @param scan number of the scan
     * @param installed installed packages
     * @param missing approved patches that are not installed
     */
    public record Found(
            long scan, Instant takenAt, int installed, int missing, boolean rebootNeeded, Optional<HostFacts> host) {}

    /** Whether a result or an error is known. */
    public boolean received() {
        return run.isEmpty() || run.get().state().ended();
    }
}
