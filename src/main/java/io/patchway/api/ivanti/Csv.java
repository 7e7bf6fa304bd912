package io.patchway.api.ivanti;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Rows as CSV (RFC 4180). */
public final class Csv {
    private static final String LINE_END = "\r\n";
    private static final Pattern SPECIAL = Pattern.compile("[\",\r\n]");
    /** What a spreadsheet would take for a formula. */
    private static final Pattern FORMULA = Pattern.compile("[=+\\-@\t].*", Pattern.DOTALL);

    private Csv() {}

    /** @param rows each with as many cells as there are names */
    public static String of(List<String> names, List<List<String>> rows) {
        return line(names) + rows.stream().map(Csv::line).collect(Collectors.joining());
    }

    private static String line(List<String> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(",")) + LINE_END;
    }

    private static String cell(String text) {
        String harmless = FORMULA.matcher(text).matches() ? "'" + text : text;
        return SPECIAL.matcher(harmless).find() ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless;
    }

    /** Whether a call wants CSV: it says {@code format=csv}, or accepts that type before all others. */
    public static boolean wantedBy(IvantiCall call) {
        return call.query()
                .text("format")
                .map(format -> switch (format.toLowerCase(java.util.Locale.ROOT)) {
                    case "csv" -> true;
                    case "json" -> false;
                    default -> throw IvantiRefusal.of("format", "must be json or csv, but is '" + format + "'");
                })
                .orElseGet(() -> call.prefers("text/csv"));
    }
}
