package io.patchway.baseline;

import io.patchway.baseline.StoredBaseline.Owner;
import java.time.Instant;

/** Baselines as they look once they are stored. */
public final class StoredBaselines {
    private static final Instant STORED = Instant.parse("2026-01-01T00:00:00Z");

    private StoredBaselines() {}

    /** The first version of a baseline that a file owns. */
    public static StoredBaseline of(PatchBaseline content) {
        return new StoredBaseline(BaselineId.ofName(content.name()), 1, Owner.FILE, content, STORED, STORED);
    }
}
