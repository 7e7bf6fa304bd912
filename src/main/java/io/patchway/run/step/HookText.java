package io.patchway.run.step;

import io.patchway.run.HookOccasion;
import io.patchway.run.HookResult;
import java.util.List;

/** What became of hooks, in words. */
final class HookText {
    private static final int TOOK_TOO_LONG = 124;
    private static final int MOST_CHARACTERS = 2_000;

    private HookText() {}

    /** One sentence with the end of what the hook said. */
    static String of(String name, HookResult result) {
        String ended = result.status()
                .map(status -> status == TOOK_TOO_LONG
                        ? "ended with status 124: it took longer than 10 minutes"
                        : "ended with status " + status)
                .orElse("was interrupted on the server");
        String output = output(result.output());
        return naming(name, result.occasion()) + " " + ended + (output.isEmpty() ? "" : ": " + output);
    }

    static String naming(String name, HookOccasion occasion) {
        return "hook " + name + " (" + occasion.label() + ")";
    }

    private static String output(String said) {
        List<String> lines =
                said.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        String text = String.join(" | ", lines);
        return text.length() <= MOST_CHARACTERS ? text : "…" + text.substring(text.length() - MOST_CHARACTERS);
    }
}
