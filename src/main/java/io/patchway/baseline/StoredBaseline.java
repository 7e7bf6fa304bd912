package io.patchway.baseline;

import java.time.Instant;

/**
 * A baseline as it is kept: with an id, and a number that grows by one with each change of its content.
 *
 * @param version 1 for the first one
 * @param owner where it is changed
 * @param createdAt when the first version was stored
 * @param modifiedAt when it was last changed
 */
public record StoredBaseline(
        BaselineId id, int version, Owner owner, PatchBaseline content, Instant createdAt, Instant modifiedAt) {

    /** Where a baseline comes from, and so, where it is changed. */
    public enum Owner {
        /** Ships with the product and never changes. */
        PREDEFINED,
        /** Lives in a file of {@code config/baselines}. */
        FILE,
        /** Was created through the API. */
        API
    }

    public String name() {
        return content.name();
    }

    public BaselineVersion reference() {
        return new BaselineVersion(id, version);
    }

    /** What a run that starts to work with it holds on to. */
    public FrozenBaseline frozen() {
        return FrozenBaseline.of(this);
    }
}
