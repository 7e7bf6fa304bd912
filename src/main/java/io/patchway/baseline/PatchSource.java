package io.patchway.baseline;

import java.util.List;

/**
 * A repository that a run uses instead of the host's own.
 *
 * @param name 3 to 50 letters, digits, '_', '-' or '.'; not unique
 * @param products products that it serves; {@code *} for all
 * @param configuration what {@link SourceForm} says; it may hold a password
 */
public record PatchSource(String name, List<String> products, String configuration) {
    public PatchSource {
        products = List.copyOf(products);
    }

    /** Whether it is for hosts of this product, such as {@code RedhatEnterpriseLinux9.4}, letter case aside. */
    public boolean serves(String product) {
        return products.stream().anyMatch(one -> one.equals("*") || one.equalsIgnoreCase(product));
    }
}
