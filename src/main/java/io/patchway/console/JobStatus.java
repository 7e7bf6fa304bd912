package io.patchway.console;

import io.patchway.run.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A job, and how far it is.
 *
 * @param request the request on the ledger; empty when there was nothing to do on any server
 * @param endedAt when the last server was done with; empty while work goes on
 * @param expected machines that it is for
 * @param received machines that a result or an error is known of
 * @param updatedAt when something last changed
 * @param cancelled whether somebody wants it to end
 * @param deleted whether its results were removed
 * @param handIn whether its work was handed in
 */
public record JobStatus(
        Job job,
        Optional<RequestId> request,
        Optional<Instant> endedAt,
        int expected,
        int received,
        Instant updatedAt,
        boolean cancelled,
        boolean deleted,
        HandIn handIn) {
    /** How long after its start a job may wait for its request. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Whether the work of a job was handed in. */
    public enum HandIn {
        /** It was, or there was none to hand in, or nobody wants it any more. */
        SETTLED,
        /** It is about to be. */
        AWAITED,
        /** It was not in time, and will not be: the process that wanted to has ended. */
        LOST
    }

    /** Whether nothing more will come. */
    public boolean complete() {
        return handIn != HandIn.AWAITED && (request.isEmpty() || endedAt.isPresent());
    }
}
