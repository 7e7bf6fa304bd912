package io.patchway.run.step;

import io.patchway.run.InstallPlan;
import io.patchway.run.InstallProgress;
import io.patchway.run.PatchChange;
import io.patchway.run.RunMemory;
import io.patchway.run.RunPolicy;
import io.patchway.run.RunState;
import io.patchway.run.ServerAccess;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.server.Server;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Has the planned patches installed: starts the install if it was never started, else looks how it is getting on. The
 * plan was committed before, so a restart in between finds the same install again by its operation id.
 */
public final class InstallPatches {
    private static final String BAD_END = "package manager ended with code ";
    private static final String INTERRUPTED = "the install was interrupted on the server: ";

    private final ServerAccess access;
    private final Fence fence;
    private final RunPolicy policy;
    private final Clock clock;

    public InstallPatches(ServerAccess access, Fence fence, RunPolicy policy, Clock clock) {
        this.access = access;
        this.fence = fence;
        this.policy = policy;
        this.clock = clock;
    }

    /** Whether a line of the time line says that the package manager did not end as it should. */
    public static boolean isTrouble(String note) {
        return note.startsWith(BAD_END) || note.startsWith(INTERRUPTED);
    }

    public Transition take(ServerRun run, Server server) {
        return switch (access.installProgress(server, run.operation())) {
            case InstallProgress.NotStarted ignored -> start(run, server);
            case InstallProgress.Working ignored -> working(run, server);
            case InstallProgress.Ended ended -> ended(run, ended);
            case InstallProgress.Interrupted interrupted -> interrupted(run, interrupted);
        };
    }

    private Transition start(ServerRun run, Server server) {
        InstallPlan plan = run.memory()
                .plan()
                .orElseThrow(() -> new IllegalStateException("run " + run.id() + " installs without a plan"));
        Instant now = clock.instant();
        if (run.isTooLate(now)) {
            RunState verdict = run.memory().attempts() == 0 ? RunState.DEFERRED : RunState.UNKNOWN;
            return Transition.to(verdict, run, run.memory(), now, "the install was not begun in time");
        }
        if (run.isCancelled()) {
            RunState verdict = run.memory().attempts() == 0 ? RunState.CANCELLED : RunState.UNKNOWN;
            return Transition.to(
                    verdict, run, run.memory(), now, run.clearance().reason());
        }
        fence.check(run);
        access.startInstall(server, run.operation(), plan);
        return Transition.again(run, run.memory().calm(), clock.instant(), policy.poll());
    }

    private Transition working(ServerRun run, Server server) {
        if (run.isCancelled()) {
            access.stopInstall(server, run.operation());
        }
        return Transition.again(run, run.memory().calm(), clock.instant(), policy.poll());
    }

    private Transition ended(ServerRun run, InstallProgress.Ended ended) {
        InstallHooks hooks = InstallHooks.of(run, ended);
        Optional<String> refusal = hooks.refusal();
        if (refusal.isPresent()) {
            return refused(run, hooks, refusal.get());
        }
        RunMemory memory = remembering(run, hooks).installEnded(Optional.of(ended.meaning()));
        if (ended.meaning() == InstallProgress.Meaning.DONE) {
            return verify(run, memory.calm(), "package manager done, verifying" + hooks.remark());
        }
        String trouble = BAD_END + ended.exitCode() + ": " + LogExcerpt.of(ended.logTail());
        return verify(run, memory.failedAttempt(trouble), trouble + hooks.remark());
    }

    private Transition interrupted(ServerRun run, InstallProgress.Interrupted interrupted) {
        InstallHooks hooks = InstallHooks.of(run, interrupted);
        Optional<String> refusal = hooks.refusal();
        if (refusal.isPresent()) {
            return refused(run, hooks, refusal.get());
        }
        String trouble = INTERRUPTED + LogExcerpt.of(interrupted.logTail());
        RunMemory memory = remembering(run, hooks).installEnded(Optional.empty());
        return verify(run, memory.failedAttempt(trouble), trouble + hooks.remark());
    }

    private static RunMemory remembering(ServerRun run, InstallHooks hooks) {
        return run.memory().hooked(hooks.after(run.memory().hooks()));
    }

    private Transition refused(ServerRun run, InstallHooks hooks, String why) {
        List<PatchChange> changes = run.memory().plan().map(InstallPlan::patches).orElse(List.of()).stream()
                .map(patch -> Findings.change(run.round(), patch, PatchChange.Outcome.FAILED, why))
                .toList();
        RunMemory memory = remembering(run, hooks).failedAttempt(why);
        return Transition.to(RunState.FAILED, run, memory, clock.instant(), why).recording(changes);
    }

    private Transition verify(ServerRun run, RunMemory memory, String note) {
        return Transition.to(RunState.VERIFYING, run, memory, clock.instant(), note);
    }
}
