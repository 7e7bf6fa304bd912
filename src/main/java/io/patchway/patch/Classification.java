package io.patchway.patch;

import java.util.List;
import java.util.Locale;

/**
 * What a vendor says a patch is for, in the spelling of AWS Patch Manager ({@code Security}, {@code Bugfix},
 * {@code Enhancement}, {@code Newpackage}, {@code Recommended}, {@code Optional}, {@code Feature},
 * {@code SecurityUpdates}, …).
 *
 * @param word the word, first letter in upper case
 */
public record Classification(String word) {
    /** Two words of Windows are written as one; the others are told apart by letter case only. */
    private static final List<String> OF_WINDOWS = List.of(
            "CriticalUpdates", "DefinitionUpdates", "FeaturePacks", "SecurityUpdates", "ServicePacks", "UpdateRollups");

    public static final Classification SECURITY = new Classification("Security");
    public static final Classification BUGFIX = new Classification("Bugfix");
    public static final Classification ENHANCEMENT = new Classification("Enhancement");
    public static final Classification RECOMMENDED = new Classification("Recommended");

    public Classification {
        word = titled(word);
    }

    private static String titled(String word) {
        String lower = word.strip().toLowerCase(Locale.ROOT);
        for (String known : OF_WINDOWS) {
            if (known.equalsIgnoreCase(lower)) {
                return known;
            }
        }
        return lower.isEmpty() ? "None" : lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1);
    }

    /** Whether the vendor says that it is about security. */
    public boolean isSecurity() {
        return equals(SECURITY) || word.equals("SecurityUpdates");
    }

    @Override
    public String toString() {
        return word;
    }
}
