package io.patchway.run;

import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.Optional;

/**
 * The work of one request on one server, as the ledger holds it.
 *
 * @param round 0 before the first install, then 1, 2, …
 * @param fence grows with every claim; whoever holds an older one may change nothing
 * @param stateSince when the run entered its state
 * @param deadline when the state ends with a verdict of its own; empty for a state that waits without limit
 * @param clearance whether the rollout of the request lets it go on
 */
public record ServerRun(
        RunId id,
        PatchRequest request,
        ServerId server,
        RunState state,
        int round,
        long fence,
        Instant stateSince,
        Optional<Instant> deadline,
        RunMemory memory,
        Clearance clearance) {

    /** Whether an effect may no longer be begun: the state's deadline is over, or the window has closed. */
    public boolean isTooLate(Instant now) {
        return deadline.filter(now::isAfter).isPresent()
                || request.window()
                        .filter(window -> !now.isBefore(window.closes()))
                        .isPresent();
    }

    /** Whether somebody wants it to end: nothing new may be begun on the server. */
    public boolean isCancelled() {
        return clearance.kind() == Clearance.Kind.CANCELLED;
    }

    /** The same run with another memory, before that is committed. */
    public ServerRun remembering(RunMemory newMemory) {
        return new ServerRun(id, request, server, state, round, fence, stateSince, deadline, newMemory, clearance);
    }

    /** The identity of the current round's effects on the server. */
    public OperationId operation() {
        return OperationId.of(id, round);
    }
}
