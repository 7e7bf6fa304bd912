package io.patchway.run.step;

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
 * refuses a second command in the same boot, so a step that is repeated after a crash does no harm.
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
        Instant now = clock.instant();
        if (run.isTooLate(now) || run.isCancelled()) {
            boolean rebooted = !access.bootId(server).equals(bootId);
            RunState next = rebooted ? RunState.WAITING_FOR_RETURN : RunState.VERIFYING;
            return Transition.to(next, run, run.memory().calm(), now, noCommand(run));
        }
        fence.check(run);
        access.reboot(server, run.operation(), bootId);
        return Transition.to(
                        RunState.WAITING_FOR_RETURN,
                        run,
                        run.memory().calm(),
                        now,
                        "reboot command sent, waiting for a new boot id")
                .notBefore(now.plus(policy.poll()));
    }

    private static String noCommand(ServerRun run) {
        return run.isCancelled()
                ? "no reboot command is sent: " + run.clearance().reason()
                : "too late for a reboot command; looking again";
    }
}
