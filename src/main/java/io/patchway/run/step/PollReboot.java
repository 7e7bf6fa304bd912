package io.patchway.run.step;

import io.patchway.run.RunMemory;
import io.patchway.run.RunPolicy;
import io.patchway.run.RunState;
import io.patchway.run.ServerAccess;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.server.Server;
import java.time.Clock;
import java.util.Optional;

/** Looks whether a server is really back: it lets us in, with its known host key, and runs another boot. */
public final class PollReboot {
    private final ServerAccess access;
    private final RunPolicy policy;
    private final Clock clock;

    public PollReboot(ServerAccess access, RunPolicy policy, Clock clock) {
        this.access = access;
        this.policy = policy;
        this.clock = clock;
    }

    public Transition take(ServerRun run, Server server) {
        RunMemory memory = run.memory();
        try {
            String current = access.bootId(server);
            if (!memory.bootId().equals(Optional.of(current))) {
                RunMemory rebooted = memory.rebooted(current);
                return Transition.to(
                        RunState.VERIFYING,
                        run,
                        rebooted,
                        clock.instant(),
                        "back after reboot " + rebooted.reboots() + " with a new boot id");
            }
            return lookAgain(run, "still runs the boot from before the reboot command");
        } catch (ServerFault fault) {
            if (!fault.kind().passing()) {
                throw fault;
            }
            return lookAgain(run, fault.getMessage());
        }
    }

    private Transition lookAgain(ServerRun run, String why) {
        RunMemory memory = run.memory().failedAttempt(why);
        return Transition.again(run, memory, clock.instant(), policy.returnPause(memory.attempts()));
    }
}
