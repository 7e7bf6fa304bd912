package io.patchway.store;

import java.util.regex.Pattern;

/**
 * Text from servers and requesters, made fit for a column, a terminal and a mail: no control characters but line breaks
 * and tabs, none that turn the direction of writing or cannot be seen, no halves of characters, and an end.
 */
final class CleanText {
    /** The length of the columns for free text. */
    static final int LONGEST = 4000;

    private static final Pattern UNFIT =
            Pattern.compile("\\r\\n?|[\\p{Cc}\\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff&&[^\\n\\t]]");

    private CleanText() {}

    static String of(String text) {
        return of(text, LONGEST);
    }

    /** Cuts at {@code longest} characters and says so with an ellipsis. */
    static String of(String text, int longest) {
        String clean = isPlain(text)
                ? text
                : UNFIT.matcher(text).replaceAll(unfit -> unfit.group().startsWith("\r") ? "\n" : "\uFFFD");
        if (clean.length() <= longest) {
            return clean;
        }
        int end = Character.isHighSurrogate(clean.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return clean.substring(0, end) + "…";
    }

    /** Nearly every text is, and looking for the rest takes far longer. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < ' ' || character > '~') {
                return false;
            }
        }
        return true;
    }
}
