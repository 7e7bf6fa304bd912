package io.patchway.packagemanager;

import io.patchway.connection.Connection;
import io.patchway.patch.Patch;
import io.patchway.run.InstallPlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** An install plan as the words that {@code install-start.sh} takes. */
final class PlanWords {
    private static final Pattern BLOCKED = Pattern.compile("[A-Za-z0-9*][A-Za-z0-9+._*-]{0,199}");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+._:~^-]{0,199}");
    /** What quoting and the space between two words cost. */
    private static final int AROUND_A_WORD = 3;

    private PlanWords() {}

    /**
     * The words, sources, hooks and blocked patterns first. A plan beyond what a connection carries at once is cut:
     * what is left over is still missing in the next scan, and so part of the next round.
     *
     * @throws IllegalArgumentException when a pattern or version has a character that no package has
     */
    static List<String> of(InstallPlan plan) {
        List<String> words = new ArrayList<>();
        int room = Connection.MAX_ARGUMENT_BYTES - 1_000;
        SourceWords.of(plan.sources()).forEach(source -> words.add("source:" + source));
        HookWords.of(plan.hooks()).forEach(hook -> words.add("hook:" + hook));
        for (String pattern : plan.blocked()) {
            words.add("block:" + checked(BLOCKED, pattern, "name pattern"));
        }
        for (String word : words) {
            room -= size(word);
        }
        for (Patch patch : plan.patches()) {
            String word = word(patch);
            room -= size(word);
            if (room < 0) {
                break;
            }
            words.add(word);
        }
        return words;
    }

    private static String word(Patch patch) {
        String version = checked(VERSION, patch.version().text(), "version");
        String verb = patch.installed().isPresent() ? "upgrade" : "install";
        return "%s:%s=%s=%s"
                .formatted(verb, patch.key().name(), version, patch.key().arch());
    }

    private static int size(String word) {
        return word.getBytes(StandardCharsets.UTF_8).length + AROUND_A_WORD;
    }

    private static String checked(Pattern allowed, String text, String what) {
        if (!allowed.matcher(text).matches()) {
            throw new IllegalArgumentException("'%s' is not a %s".formatted(PlainText.line(text, 200), what));
        }
        return text;
    }
}
