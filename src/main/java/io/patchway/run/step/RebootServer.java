package io.patchway.run.step;

import io.patchway.run.RebootProgress;
import io.patchway.run.RunPolicy;
import io.patchway.run.RunState;
import io.patchway.run.ServerAccess;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.server.Server;
import java.time.Clock;
import java.time.Instant;

/**
 * Sends the one reboot command that belongs to the boot which was recorded when the run entered this state. The server
 * is asked first: after a crash nobody here knows whether the command was sent. It refuses a second one in the same
 * boot, too.
 */
public final class RebootServer {
    private final ServerAccess access;
    private final Fence fence;
    private final RunPolicy policy;
    private final Clock clock;

    public RebootServer(ServerAccess access, Fence fence, RunPolicy policy, Clock clock) {
        this.access = access;
        this.fence = fence;
        this.policy = policy;
        this.clock = clock;
    }

    public Transition take(ServerRun run, Server server) {
        String bootId = run.memory()
                .bootId()
                .orElseThrow(() -> new IllegalStateException("run " + run.id() + " reboots an unknown boot"));
        RebootProgress progress = access.rebootProgress(server, run.operation(), bootId);
        if (progress != RebootProgress.NOT_TOLD) {
            return waitForReturn(run, "reboot command was sent before, waiting for a new boot id");
        }
        Instant now = clock.instant();
        if (run.isTooLate(now) || run.isCancelled() || !policy.leavesRoomForReboot(run.request(), now)) {
            return Transition.to(RunState.VERIFYING, run, run.memory().calm(), now, noCommand(run));
        }
        fence.check(run);
        access.reboot(server, run.operation(), bootId);
        return waitForReturn(run, "reboot command sent, waiting for a new boot id");
    }

    private Transition waitForReturn(ServerRun run, String note) {
        return Transition.to(RunState.WAITING_FOR_RETURN, run, run.memory().calm(), clock.instant(), note)
                .notBefore(clock.instant().plus(policy.poll()));
    }

    private static String noCommand(ServerRun run) {
        return run.isCancelled()
                ? "no reboot command is sent: " + run.clearance().reason()
                : "too late for a reboot command; looking again";
    }
}
