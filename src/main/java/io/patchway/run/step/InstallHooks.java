package io.patchway.run.step;

import io.patchway.run.Hook;
import io.patchway.run.HookMemory;
import io.patchway.run.HookOccasion;
import io.patchway.run.HookResult;
import io.patchway.run.InstallPlan;
import io.patchway.run.InstallProgress;
import io.patchway.run.ServerRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the hooks that went with an install mean for its run.
 *
 * @param planned the hooks that the install was given
 * @param results those that were begun
 * @param interrupted whether the install was cut off
 */
record InstallHooks(Map<HookOccasion, Hook> planned, List<HookResult> results, boolean interrupted) {

    static InstallHooks of(ServerRun run, InstallProgress.Ended ended) {
        return new InstallHooks(planned(run), ended.hooks(), false);
    }

    static InstallHooks of(ServerRun run, InstallProgress.Interrupted interrupted) {
        return new InstallHooks(planned(run), interrupted.hooks(), true);
    }

    private static Map<HookOccasion, Hook> planned(ServerRun run) {
        return run.memory().plan().map(InstallPlan::hooks).orElse(Map.of());
    }

    /**
     * Why nothing was installed, and nothing may be: the hook before the install did not go well. One that was never
     * begun because the server went down before has its occasion in the next round.
     */
    Optional<String> refusal() {
        Optional<HookResult> result = result(HookOccasion.PRE_INSTALL);
        if (!planned.containsKey(HookOccasion.PRE_INSTALL) || result.isEmpty() && interrupted) {
            return Optional.empty();
        }
        return result.map(HookResult::succeeded).orElse(false)
                ? Optional.empty()
                : Optional.of(
                        result.map(this::text).orElseGet(() -> naming(HookOccasion.PRE_INSTALL) + " could not be run")
                                + "; nothing was installed");
    }

    /** What is left to be run, and what of it went wrong. */
    HookMemory after(HookMemory memory) {
        HookMemory left = result(HookOccasion.PRE_INSTALL).isPresent() ? memory.done(HookOccasion.PRE_INSTALL) : memory;
        Optional<HookResult> last = result(HookOccasion.POST_INSTALL);
        if (last.isPresent()) {
            return left.afterInstall(last.filter(result -> !result.succeeded()).map(this::text));
        }
        return interrupted && planned.containsKey(HookOccasion.POST_INSTALL)
                ? left.afterInstall(Optional.of(
                        naming(HookOccasion.POST_INSTALL) + " did not run: the install before it was interrupted"))
                : left;
    }

    /** What is added to the line of the time line about the install. */
    String remark() {
        return results.stream().map(result -> "; " + text(result)).collect(Collectors.joining());
    }

    private Optional<HookResult> result(HookOccasion occasion) {
        return results.stream().filter(result -> result.occasion() == occasion).findFirst();
    }

    private String text(HookResult result) {
        return HookText.of(name(result.occasion()), result);
    }

    private String naming(HookOccasion occasion) {
        return HookText.naming(name(occasion), occasion);
    }

    private String name(HookOccasion occasion) {
        return Optional.ofNullable(planned.get(occasion)).map(Hook::name).orElse("unknown");
    }
}
