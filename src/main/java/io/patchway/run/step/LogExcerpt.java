package io.patchway.run.step;

import java.util.List;
import java.util.regex.Pattern;

/** The lines of a package manager's log that say what went wrong, short enough for a mail. */
final class LogExcerpt {
    private static final Pattern TELLING =
            Pattern.compile("(?i)\\b(error|failed|failure|cannot|problem|no space|conflict|broken)\\b");
    private static final int MOST_LINES = 3;
    private static final int MOST_CHARACTERS = 400;

    private LogExcerpt() {}

    static String of(String log) {
        List<String> lines =
                log.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        List<String> telling =
                lines.stream().filter(line -> TELLING.matcher(line).find()).toList();
        List<String> chosen = telling.isEmpty() ? lines : telling;
        String excerpt = String.join(" | ", chosen.subList(Math.max(0, chosen.size() - MOST_LINES), chosen.size()));
        if (excerpt.isEmpty()) {
            return "its log is empty";
        }
        return excerpt.length() <= MOST_CHARACTERS ? excerpt : excerpt.substring(0, MOST_CHARACTERS) + "…";
    }
}
