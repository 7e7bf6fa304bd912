package io.patchway.packagemanager;

import java.util.regex.Pattern;

/** Makes what a server printed harmless: whatever shows it, it is only text. */
final class PlainText {
    private static final Pattern TERMINAL_SEQUENCE =
            Pattern.compile("\u001b(\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(\u0007|\u001b\\\\)?|[@-_])");
    /** Control characters, and those that turn the direction of writing. */
    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]");

    private PlainText() {}

    /** On one line, at most this many characters. */
    static String line(String text, int longest) {
        String cut = text.length() > longest ? text.substring(0, longest) : text;
        if (isPlain(cut)) {
            return cut;
        }
        return UNSEEN.matcher(TERMINAL_SEQUENCE.matcher(cut).replaceAll("")).replaceAll(" ");
    }

    /** Almost everything is plain ASCII, and scans are long. */
    private static boolean isPlain(String text) {
        return text.chars().allMatch(character -> character >= ' ' && character < 0x7f);
    }
}
