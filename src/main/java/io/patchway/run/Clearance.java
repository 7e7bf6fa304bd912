package io.patchway.run;

/**
 * Whether the rollout of a request lets one of its runs go on.
 *
 * @param reason why not, for people; empty for a run that may
 */
public record Clearance(Kind kind, String reason) {
    /** Nothing holds the run back. */
    public static final Clearance CLEARED = new Clearance(Kind.CLEARED, "");

    /** What the rollout says. */
    public enum Kind {
        /** Not yet: its stage has not come, or a limit is reached. */
        WAITING,
        CLEARED,
        /** It was held back for too long, and is not started any more. */
        EXPIRED,
        /** It ends at the next point where it can: nothing new is begun on the server. */
        CANCELLED
    }
}
