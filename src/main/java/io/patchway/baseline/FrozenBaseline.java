package io.patchway.baseline;

import java.time.Instant;
import java.util.Optional;

/**
 * A baseline that a run holds on to, whatever becomes of the stored one.
 *
 * @param version the stored baseline that it is a copy of; empty for one that is stored nowhere, such as that of a
 *     script package
 * @param content of its sources, those alone that are for the run's server
 * @param approvalClock the instant from which approval delays count; empty: that of each look at the server
 */
public record FrozenBaseline(
        Optional<BaselineVersion> version, PatchBaseline content, Optional<Instant> approvalClock) {

    public static FrozenBaseline of(StoredBaseline stored) {
        return new FrozenBaseline(Optional.of(stored.reference()), stored.content(), Optional.empty());
    }

    /** A baseline that is stored nowhere. */
    public static FrozenBaseline unstored(PatchBaseline content) {
        return new FrozenBaseline(Optional.empty(), content, Optional.empty());
    }

    /** The same baseline, with the approval delays counted from one instant on every server. */
    public FrozenBaseline asOf(Instant instant) {
        return new FrozenBaseline(version, content, Optional.of(instant));
    }

    /** The same baseline with those of its sources alone that serve hosts of this product. */
    public FrozenBaseline forProduct(String product) {
        return new FrozenBaseline(version, content.forProduct(product), approvalClock);
    }

    public String name() {
        return content.name();
    }
}
