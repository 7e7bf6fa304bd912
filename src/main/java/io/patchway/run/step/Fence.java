package io.patchway.run.step;

import io.patchway.run.RunLedger;
import io.patchway.run.ServerRun;

/** Asks the ledger, just before an effect, whether this node still holds the run. */
public final class Fence {
    private final RunLedger ledger;

    public Fence(RunLedger ledger) {
        this.ledger = ledger;
    }

    /** @throws FenceLost when another node has taken the run over */
    public void check(ServerRun run) {
        if (!ledger.holds(new RunLedger.Claim(run.id(), run.fence()))) {
            throw new FenceLost(run);
        }
    }
}
