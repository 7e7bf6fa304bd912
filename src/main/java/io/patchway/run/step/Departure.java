package io.patchway.run.step;

import io.patchway.run.Hook;
import io.patchway.run.HookMemory;
import io.patchway.run.HookMemory.Ending;
import io.patchway.run.HookOccasion;
import io.patchway.run.HookResult;
import io.patchway.run.InstallPlan;
import io.patchway.run.InstallProgress;
import io.patchway.run.OperationId;
import io.patchway.run.RunMemory;
import io.patchway.run.RunPolicy;
import io.patchway.run.RunState;
import io.patchway.run.ServerAccess;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.server.Server;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the verdict of a run back until the hook for its end has run. The verdict is committed before that, so a
 * restart in between finds the hook again by its operation id, and nothing about the hook changes the verdict.
 */
final class Departure {
    /** Longer than a hook may take. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final ServerAccess access;
    private final Fence fence;
    private final RunPolicy policy;
    private final Clock clock;

    Departure(ServerAccess access, Fence fence, RunPolicy policy, Clock clock) {
        this.access = access;
        this.fence = fence;
        this.policy = policy;
        this.clock = clock;
    }

    /** What a step decided, or in the place of a verdict, the way to the last hook. */
    Transition of(ServerRun run, Transition decided) {
        if (!decided.next().ended()) {
            return decided;
        }
        if (isUnderWay(run)) {
            return leave(
                    run,
                    naming(run) + " has not told how it ended: "
                            + decided.note().orElse("no answer"));
        }
        Transition judged = afterHooks(decided);
        if (exitHook(judged.memory()).isEmpty()) {
            return judged;
        }
        return judged.deadline().isPresent()
                ? remarking(judged, naming(run) + " did not run: the server is not there")
                : keepBack(judged);
    }

    /** The packages may all be there; a run whose hook failed has not done all that was asked. */
    private static Transition afterHooks(Transition decided) {
        Optional<String> failure = decided.memory().hooks().failure();
        boolean well = decided.next() == RunState.SUCCEEDED || decided.next() == RunState.SUCCEEDED_REBOOT_PENDING;
        return failure.isPresent() && well
                ? remarking(
                        decided.leadingTo(
                                RunState.PARTIAL, decided.memory().calm().failedAttempt(failure.get())),
                        failure.get())
                : decided;
    }

    private Transition keepBack(Transition judged) {
        RunMemory memory = judged.memory();
        String note = judged.note().orElse("");
        Ending ending = new Ending(judged.next(), note, memory.lastError());
        Instant now = clock.instant();
        RunMemory departing = memory.calm().hooked(memory.hooks().endingWith(ending));
        return remarking(judged.leadingTo(RunState.INSTALLING, departing), "first the last hook runs")
                .notBefore(now)
                .endingBy(now.plus(PATIENCE));
    }

    /** Whether the last hook of a run is what is left of it. */
    static boolean isUnderWay(ServerRun run) {
        return run.memory().hooks().ending().isPresent();
    }

    /** Starts the last hook if it was never started, else looks how it is getting on. */
    Transition take(ServerRun run, Server server) {
        OperationId operation = OperationId.ofExit(run.id());
        return switch (access.installProgress(server, operation)) {
            case InstallProgress.NotStarted ignored -> start(run, server, operation);
            case InstallProgress.Working ignored ->
                Transition.again(run, run.memory().calm(), clock.instant(), policy.poll());
            case InstallProgress.Ended ended -> leave(run, told(run, ended.hooks()));
            case InstallProgress.Interrupted interrupted -> leave(run, told(run, interrupted.hooks()));
        };
    }

    private Transition start(ServerRun run, Server server, OperationId operation) {
        Hook hook = exitHook(run.memory())
                .orElseThrow(() -> new IllegalStateException("run " + run.id() + " has no hook for its end"));
        fence.check(run);
        access.startInstall(server, operation, InstallPlan.ofHook(HookOccasion.ON_EXIT, hook));
        return Transition.again(run, run.memory().calm(), clock.instant(), policy.poll());
    }

    private Transition leave(ServerRun run, String remark) {
        Ending ending = run.memory().hooks().ending().orElseThrow();
        RunMemory memory = run.memory().leaving(ending.lastError());
        return remarking(Transition.to(ending.verdict(), run, memory, clock.instant(), ending.note()), remark);
    }

    private static String told(ServerRun run, List<HookResult> results) {
        return results.stream()
                .filter(result -> result.occasion() == HookOccasion.ON_EXIT)
                .findFirst()
                .map(result ->
                        HookText.of(exitHook(run.memory()).map(Hook::name).orElse(""), result))
                .orElseGet(() -> naming(run) + " could not be run");
    }

    private static Transition remarking(Transition transition, String remark) {
        return transition.noting(
                transition.note().map(note -> note + "; " + remark).orElse(remark));
    }

    private static String naming(ServerRun run) {
        return HookText.naming(exitHook(run.memory()).map(Hook::name).orElse(""), HookOccasion.ON_EXIT);
    }

    private static Optional<Hook> exitHook(RunMemory memory) {
        HookMemory hooks = memory.hooks();
        return Optional.ofNullable(hooks.due().get(HookOccasion.ON_EXIT));
    }
}
