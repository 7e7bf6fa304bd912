package io.patchway.faults;

import java.time.Instant;

/**
 * How a test of the table ended.
 *
 * @param test the test's name
 * @param ranIn the class that ran it, which may have inherited it
 */
record FaultResult(String test, String ranIn, Outcome outcome, Instant at) {

    /** From good to bad: of several runs of one test the worst counts. */
    enum Outcome {
        PASSED,
        SKIPPED,
        FAILED
    }

    FaultResult worse(FaultResult other) {
        return outcome.compareTo(other.outcome) >= 0 ? this : other;
    }

    boolean isOfSameRun(FaultResult other) {
        return test.equals(other.test) && ranIn.equals(other.ranIn);
    }
}
