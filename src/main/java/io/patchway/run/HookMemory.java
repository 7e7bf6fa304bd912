package io.patchway.run;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a server run knows of its hooks.
 *
 * @param due the hooks that may still have to run, with their scripts as they were when the run began
 * @param failure why the last occasion for the hook after an install went wrong; empty when it did not
 * @param ending how the run ends as soon as the last hook has run; empty before that
 */
public record HookMemory(Map<HookOccasion, Hook> due, Optional<String> failure, Optional<Ending> ending) {
    /** No hooks. */
    public static final HookMemory NONE = new HookMemory(Map.of(), Optional.empty(), Optional.empty());

    public HookMemory {
        due = Map.copyOf(due);
    }

    /** Of a run that begins with these hooks. */
    public static HookMemory of(Map<HookOccasion, Hook> hooks) {
        return new HookMemory(hooks, Optional.empty(), Optional.empty());
    }

    /** The hooks that an install carries with it. */
    public Map<HookOccasion, Hook> ofInstall() {
        return without(HookOccasion.ON_EXIT);
    }

    /** A hook has had its last occasion. */
    public HookMemory done(HookOccasion occasion) {
        return new HookMemory(without(occasion), failure, ending);
    }

    /** @param why empty: the hook after the install went well */
    public HookMemory afterInstall(Optional<String> why) {
        return new HookMemory(due, why, ending);
    }

    public HookMemory endingWith(Ending newEnding) {
        return new HookMemory(due, failure, Optional.of(newEnding));
    }

    private Map<HookOccasion, Hook> without(HookOccasion occasion) {
        Map<HookOccasion, Hook> others = new EnumMap<>(HookOccasion.class);
        others.putAll(due);
        others.remove(occasion);
        return others;
    }

    /**
     * A verdict that waits for the last hook.
     *
     * @param note the line of the time line that says why
     * @param lastError the trouble that led to it; trouble with the last hook is none of the run's
     */
    public record Ending(RunState verdict, String note, Optional<String> lastError) {}
}
