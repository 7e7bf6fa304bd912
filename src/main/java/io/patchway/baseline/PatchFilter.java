package io.patchway.baseline;

import java.util.List;

/**
 * One condition on a patch: its property must equal any of the values, letter case aside. The value {@code *} matches
 * everything, also a property that the patch lacks.
 *
 * @param values 1 to 20 texts of 1 to 64 characters
 */
public record PatchFilter(FilterKey key, List<String> values) {
    public PatchFilter {
        values = List.copyOf(values);
    }
}
