package io.patchway.baseline;

import io.patchway.patch.Advisory;
import io.patchway.patch.Patch;
import java.util.List;
import java.util.Optional;

/**
 * A patch as one of its advisories describes it. A rule must hold for one advisory as a whole: the severity of one and
 * the classification of another do not add up.
 *
 * @param product the host's product
 * @param advisory empty for a patch without a notice
 */
record PatchView(String product, Patch patch, Optional<Advisory> advisory) {

    /** One view for each advisory that names exactly this version; a single one without when there is none. */
    static List<PatchView> of(String product, Patch patch) {
        List<Advisory> advisories = patch.advisories();
        return switch (advisories.size()) {
            case 0 -> List.of(new PatchView(product, patch, Optional.empty()));
            case 1 -> List.of(new PatchView(product, patch, Optional.of(advisories.getFirst())));
            default ->
                advisories.stream()
                        .map(advisory -> new PatchView(product, patch, Optional.of(advisory)))
                        .toList();
        };
    }
}
