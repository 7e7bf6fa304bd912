package io.patchway.api.ivanti;

import java.util.Locale;
import java.util.Optional;

/** How clients write true and false. */
final class Truths {
    private Truths() {}

    static Optional<Boolean> read(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> Optional.of(true);
            case "false", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
