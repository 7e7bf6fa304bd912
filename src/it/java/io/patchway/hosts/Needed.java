package io.patchway.hosts;

import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs of the machine that it runs on. A developer's machine may lack it: the test is skipped, with the
 * reason. Where {@code CI=true} everything is installed beforehand, so what is missing there is a mistake.
 */
public final class Needed {
    private Needed() {}

    /**
     * Goes on only if something is there.
     *
     * @param reason what is missing, and what brings it
     * @throws IllegalStateException in CI when it is not there
     */
    public static void that(boolean there, String reason) {
        if (!there && isMissingAMistake()) {
            throw new IllegalStateException(reason);
        }
        Assumptions.assumeTrue(there, reason);
    }

    static boolean isMissingAMistake() {
        return "true".equals(System.getenv("CI"));
    }
}
