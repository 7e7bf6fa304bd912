package io.patchway.run;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list whose order does not change while it is read.
 *
 * @param next where the next part begins; empty when this is the last one
 */
public record Page<T>(List<T> entries, Optional<String> next) {
    public Page {
        entries = List.copyOf(entries);
    }
}
