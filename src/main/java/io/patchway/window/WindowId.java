package io.patchway.window;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Identity of a maintenance window, whatever it is called.
 *
 * @param value {@code mw-} and 17 hexadecimal digits
 */
public record WindowId(String value) {
    private static final Pattern FORM = Pattern.compile("mw-[0-9a-f]{17}");

    /** @throws IllegalArgumentException when the text has another form */
    public WindowId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a window id is mw- and 17 hexadecimal digits");
        }
    }

    /** The id that a text is; empty when it has another form. */
    public static Optional<WindowId> of(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new WindowId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
