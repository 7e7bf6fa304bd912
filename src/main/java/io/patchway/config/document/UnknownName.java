package io.patchway.config.document;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What to say about a name that is not known: what is allowed, and what was probably meant. */
public final class UnknownName {
    private UnknownName() {}

    /** A message for a field of this name. */
    public static String message(String name, List<String> allowed) {
        String meant = closest(name, allowed)
                .map(candidate -> " (did you mean " + candidate + "?)")
                .orElse("");
        return "is not known here" + meant + "; allowed: " + String.join(", ", allowed);
    }

    /** The name that is written most alike, if any is close; letter case does not count. */
    public static Optional<String> closest(String name, List<String> candidates) {
        String wanted = name.toLowerCase(Locale.ROOT);
        int tolerance = Math.max(1, wanted.length() / 3);
        return candidates.stream()
                .filter(candidate -> distance(wanted, candidate.toLowerCase(Locale.ROOT)) <= tolerance)
                .min(Comparator.comparingInt(candidate -> distance(wanted, candidate.toLowerCase(Locale.ROOT))));
    }

    /** How many letters must be added, dropped or changed to get from one word to the other (Levenshtein). */
    private static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                current[j] = Math.min(previous[j - 1] + change, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
