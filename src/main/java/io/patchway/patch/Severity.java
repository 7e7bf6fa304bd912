package io.patchway.patch;

import java.util.Locale;

/**
 * How grave the publisher says a patch is; never derived from anything else. {@code Medium} and {@code Moderate} name
 * the same severity in different distributions and are kept as {@code Moderate}; a missing severity is {@code None}.
 *
 * @param word the word, first letter in upper case
 */
public record Severity(String word) {
    public static final Severity CRITICAL = new Severity("Critical");
    public static final Severity IMPORTANT = new Severity("Important");
    public static final Severity MODERATE = new Severity("Moderate");
    public static final Severity LOW = new Severity("Low");
    public static final Severity NONE = new Severity("None");

    public Severity {
        String lower = word.strip().toLowerCase(Locale.ROOT);
        word = switch (lower) {
            case "" -> "None";
            case "medium" -> "Moderate";
            default -> lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1);
        };
    }

    @Override
    public String toString() {
        return word;
    }
}
