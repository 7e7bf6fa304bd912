package io.patchway.baseline;

import java.io.Serial;

/** A change of the stored baselines that is refused; nothing has changed. The message says why, and what to do. */
public final class CatalogueRefusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Why a change is refused. */
    public enum Kind {
        /** No baseline has this id. */
        UNKNOWN,
        /** It is predefined, or a file owns it. */
        OWNED_ELSEWHERE,
        /** It is a default, or registered for a patch group. */
        IN_USE,
        /** The patch group has another baseline for this operating system. */
        GROUP_TAKEN,
        /** There are as many as there may be. */
        TOO_MANY
    }

    private final Kind kind;

    public CatalogueRefusal(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
