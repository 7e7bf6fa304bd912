package io.patchway.baseline;

/**
 * A name in which {@code *} stands for any run of characters, also an empty one. Every other character means itself, so
 * that {@code libstdc++} and {@code foo[1]} are what they look like. Letter case counts.
 */
final class NamePattern {
    private final String text;
    private final String prefix;
    private final boolean literal;

    NamePattern(String text) {
        this.text = text;
        int star = text.indexOf('*');
        this.literal = star < 0;
        this.prefix = literal ? text : text.substring(0, star);
    }

    String text() {
        return text;
    }

    boolean literal() {
        return literal;
    }

    boolean matches(String name) {
        return literal ? text.equals(name) : name.startsWith(prefix) && matchesFromStar(name);
    }

    /** Whether some text that begins with this one could match; cheap, and never wrongly false. */
    boolean canMatchTextStartingWith(String start) {
        return prefix.startsWith(start) || (!literal && start.startsWith(prefix));
    }

    /** Goes back to the latest star after a mismatch and lets it take one character more. */
    private boolean matchesFromStar(String name) {
        int at = prefix.length();
        int inPattern = prefix.length();
        int star = -1;
        int taken = at;
        while (at < name.length()) {
            if (inPattern < text.length() && text.charAt(inPattern) == '*') {
                star = inPattern++;
                taken = at;
            } else if (inPattern < text.length() && text.charAt(inPattern) == name.charAt(at)) {
                inPattern++;
                at++;
            } else {
                inPattern = star + 1;
                at = ++taken;
            }
        }
        while (inPattern < text.length() && text.charAt(inPattern) == '*') {
            inPattern++;
        }
        return inPattern == text.length();
    }

    @Override
    public String toString() {
        return text;
    }
}
