package io.patchway.packagemanager;

import io.patchway.run.Hook;
import io.patchway.run.HookOccasion;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Hooks as the words that the install scripts take: whatever a script has in it, they are plain. */
final class HookWords {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{3,128}");

    private HookWords() {}

    /**
     * One word for each hook, {@code OCCASION:NAME=BASE64}.
     *
     * @throws IllegalArgumentException when a name has other characters than the scripts allow, or a script is too long
     */
    static List<String> of(Map<HookOccasion, Hook> hooks) {
        return Arrays.stream(HookOccasion.values())
                .filter(hooks::containsKey)
                .map(occasion -> word(occasion) + ":" + word(hooks.get(occasion)))
                .toList();
    }

    private static String word(Hook hook) {
        byte[] script = hook.script().getBytes(StandardCharsets.UTF_8);
        if (!NAME.matcher(hook.name()).matches() || script.length > Hook.MOST_BYTES) {
            throw new IllegalArgumentException(
                    "'%s' has a name or a length that no hook may have".formatted(PlainText.line(hook.name(), 200)));
        }
        return hook.name() + "=" + Base64.getEncoder().encodeToString(script);
    }

    /** The occasion that the scripts call so. */
    static HookOccasion occasion(String word) {
        return Arrays.stream(HookOccasion.values())
                .filter(occasion -> word(occasion).equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("'" + PlainText.line(word, 40) + "' is no occasion of a hook"));
    }

    private static String word(HookOccasion occasion) {
        return occasion.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
