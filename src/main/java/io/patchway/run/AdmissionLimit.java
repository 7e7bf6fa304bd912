package io.patchway.run;

import java.time.Duration;

/**
 * Keeps the work that has been accepted and is not done within bounds. Requests that come at the same moment may exceed
 * the limit by one of them.
 *
 * @param mostOpenRuns so many server runs may be waiting or at work
 */
public record AdmissionLimit(int mostOpenRuns) {
    /** Five times the largest fleet that is measured. */
    public static final int DEFAULT = 50_000;

    private static final Duration RETRY = Duration.ofMinutes(1);

    /** @throws TooBusyException when so many more runs would be too many */
    void check(RunLedger ledger, int more) throws TooBusyException {
        int open = ledger.openRuns();
        if (open + more > mostOpenRuns) {
            throw new TooBusyException(
                    "servers",
                    "asks for %d server runs, but %d are not done yet and at most %d may be (patchway.requests.most-open-runs); nothing was accepted, ask again later"
                            .formatted(more, open, mostOpenRuns),
                    RETRY);
        }
    }
}
