package io.patchway.intake;

/** Tells a JSON object that ends too early from one that is whole, or wrong in another way. */
final class JsonEnd {
    private JsonEnd() {}

    /** Whether more must follow: nothing is there yet, or a bracket or a text that was opened is still open. */
    static boolean isMissing(byte[] content) {
        int depth = 0;
        boolean empty = true;
        boolean inText = false;
        boolean escaped = false;
        for (byte each : content) {
            empty = empty && isBlankOrMark(each);
            if (escaped) {
                escaped = false;
            } else if (inText) {
                escaped = each == '\\';
                inText = each != '"';
            } else {
                inText = each == '"';
                depth += change(each);
            }
        }
        return empty || inText || depth > 0;
    }

    private static int change(byte each) {
        return switch (each) {
            case '{', '[' -> 1;
            case '}', ']' -> -1;
            default -> 0;
        };
    }

    /** White space, or a byte of a byte order mark; bytes above 127 are negative. */
    private static boolean isBlankOrMark(byte each) {
        return each <= ' ';
    }
}
