package io.patchway.scan;

/**
 * One detector's answer to the question whether the host needs a reboot.
 *
 * @param detector what was asked, such as {@code needs-restarting}, {@code reboot-required}, {@code kernel}
 * @param decisive whether its word counts by itself; the others (such as a comparison of kernels, which is always wrong
 *     in a container) count only when every decisive detector abstained
 * @param answer what it said
 * @param detail its own words, at most a few hundred characters
 */
public record RebootVote(String detector, boolean decisive, Answer answer, String detail) {
    /** What a detector can say. */
    public enum Answer {
        NEEDED,
        NOT_NEEDED,
        /** The detector is not on this host or could not tell. */
        ABSTAINED
    }
}
