package io.patchway.packagemanager;

import io.patchway.baseline.PatchSource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** A baseline's sources as the words that the scripts take: whatever a configuration has in it, they are plain. */
final class SourceWords {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,50}");

    private SourceWords() {}

    /**
     * One word for each source, {@code NAME=BASE64}.
     *
     * @throws IllegalArgumentException when a name could be more than the part of a file name
     */
    static List<String> of(List<PatchSource> sources) {
        return sources.stream().map(SourceWords::word).toList();
    }

    private static String word(PatchSource source) {
        if (!NAME.matcher(source.name()).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not the name of a source".formatted(PlainText.line(source.name(), 200)));
        }
        String text = source.configuration().lines().reduce("", (before, line) -> before + line + "\n");
        return source.name() + "=" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
