package io.patchway.baseline;

import java.util.List;

/**
 * A repository that a run uses instead of the host's own.
 *
 * @param products products that it serves; {@code *} for all
 * @param configuration a {@code .repo} stanza, or one {@code deb} line on apt
 */
public record PatchSource(String name, List<String> products, String configuration) {
    public PatchSource {
        products = List.copyOf(products);
    }
}
