package io.patchway.run.step;

import io.patchway.run.Hook;
import io.patchway.run.HookMemory;
import io.patchway.run.HookOccasion;
import io.patchway.run.Hooks;
import io.patchway.run.Operation;
import io.patchway.run.RunLedger;
import io.patchway.run.RunMemory;
import io.patchway.run.RunPolicy;
import io.patchway.run.RunState;
import io.patchway.run.ServerAccess;
import io.patchway.run.ServerAccess.PrecheckResult;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.server.Server;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** Makes sure that work on a server can start: it answers, lets us in, and nobody else installs. */
public final class CheckServer {
    private final ServerAccess access;
    private final RunLedger ledger;
    private final Hooks hooks;
    private final RunPolicy policy;
    private final Clock clock;

    public CheckServer(ServerAccess access, RunLedger ledger, Hooks hooks, RunPolicy policy, Clock clock) {
        this.access = access;
        this.ledger = ledger;
        this.hooks = hooks;
        this.policy = policy;
        this.clock = clock;
    }

    public Transition take(ServerRun run, Server server) {
        if (server.scanOnly() && run.request().operation() == Operation.INSTALL) {
            return Transition.to(
                    RunState.FAILED,
                    run,
                    run.memory().failedAttempt("the server is marked scanOnly in the inventory"),
                    clock.instant(),
                    "refused: " + server.id() + " is marked scanOnly in the inventory");
        }
        if (server.scanOnly()) {
            // A look that changes nothing needs no root, and so none of what the precheck asks for.
            RunMemory memory = run.memory().seenBoot(access.bootId(server)).calm();
            return Transition.to(RunState.SCANNING, run, memory, clock.instant(), "reachable");
        }
        PrecheckResult found = access.precheck(server);
        if (run.request().operation() == Operation.INSTALL) {
            found.lockHolder().ifPresent(holder -> {
                throw new ServerFault(
                        ServerFault.Kind.LOCKED, "the package manager of " + server.id() + " is locked by " + holder);
            });
        }
        Instant now = clock.instant();
        if (found.own()
                && run.request().operation() == Operation.INSTALL
                && ledger.othersAreOpen(run, now.minus(policy.startDeadline()))) {
            return goLast(run, now);
        }
        RunMemory memory =
                run.memory().seenBoot(found.bootId()).hooked(frozen(run)).calm();
        Transition ready = Transition.to(RunState.SCANNING, run, memory, now, "reachable and ready");
        return entersMaintenance(run) ? ready.enteringMaintenance(now.plus(policy.maintenance())) : ready;
    }

    /** Not before the server was found ready: what is refused here was not worked on. */
    private static boolean entersMaintenance(ServerRun run) {
        return run.request().operation() == Operation.INSTALL
                && run.request().special().maintenance();
    }

    /** The hooks as they are now: an edit applies to the next run. A scan runs none. */
    private HookMemory frozen(ServerRun run) {
        Map<HookOccasion, Hook> found = new EnumMap<>(HookOccasion.class);
        if (run.request().operation() == Operation.INSTALL) {
            run.request()
                    .special()
                    .hooks()
                    .forEach((occasion, name) ->
                            found.put(occasion, hooks.find(name).orElseThrow(() -> gone(name))));
        }
        return HookMemory.of(found);
    }

    private static ServerFault gone(String name) {
        return new ServerFault(
                ServerFault.Kind.CONFIGURATION, "there is no good file config/hooks/" + name + ".sh any more");
    }

    /** A reboot of Patchway's own machine would interrupt the others; waiting for them is no fault of this server. */
    private Transition goLast(ServerRun run, Instant now) {
        String reason = "Patchway itself runs on " + run.server() + ": it waits until all other servers are done";
        RunMemory memory = run.memory().calm().failedAttempt(reason);
        Transition again = run.memory().lastError().equals(memory.lastError())
                ? Transition.again(run, memory, now, policy.busyPause())
                : Transition.to(RunState.PRECHECK, run, memory, now, reason).notBefore(now.plus(policy.busyPause()));
        return again.endingBy(now.plus(policy.startDeadline()));
    }
}
