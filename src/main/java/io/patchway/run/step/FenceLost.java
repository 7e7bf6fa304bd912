package io.patchway.run.step;

import io.patchway.run.ServerRun;

/** Another node has taken a run over; whoever gets this drops what it was about to do. */
public final class FenceLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FenceLost(ServerRun run) {
        super("run " + run.id() + " was taken over by another node");
    }
}
