package io.patchway.run.window;

import java.util.List;

/**
 * One condition that says which servers are meant, as it was written.
 *
 * @param key such as {@code InstanceIds} or {@code tag:Environment}; {@link #WINDOW_TARGETS} leads to targets
 */
public record TargetEntry(String key, List<String> values) {
    /** The key of an entry whose values are ids of the window's targets. */
    public static final String WINDOW_TARGETS = "WindowTargetIds";

    public TargetEntry {
        values = List.copyOf(values);
    }

    /** Whether it leads to targets of the window, and does not itself say which servers are meant. */
    public boolean namesWindowTargets() {
        return key.equals(WINDOW_TARGETS);
    }
}
