package io.patchway.console;

import io.patchway.run.RequestId;
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
 */
public record JobStatus(
        Job job,
        Optional<RequestId> request,
        Optional<Instant> endedAt,
        int expected,
        int received,
        Instant updatedAt,
        boolean cancelled,
        boolean deleted) {

    /** Whether nothing more will come. */
    public boolean complete() {
        return request.isEmpty() || endedAt.isPresent();
    }
}
