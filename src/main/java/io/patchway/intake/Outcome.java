package io.patchway.intake;

import io.patchway.config.document.Problem;
import io.patchway.run.Receipt;
import java.time.Duration;
import java.util.List;

/** What became of a request document. */
public sealed interface Outcome {

    /** Whether at least one server will be worked on. */
    boolean accepted();

    /** The document was understood; each server has its answer, which may be no. */
    record Answered(Receipt receipt) implements Outcome {
        @Override
        public boolean accepted() {
            return receipt.accepted();
        }
    }

    /**
     * The document was refused as a whole because there is too much to do already.
     *
     * @param retryAfter when asking again may help
     */
    record Busy(Problem problem, Duration retryAfter) implements Outcome {
        @Override
        public boolean accepted() {
            return false;
        }
    }

    /**
     * The document was refused as a whole.
     *
     * @param problems at least one
     */
    record Refused(List<Problem> problems) implements Outcome {
        public Refused {
            problems = List.copyOf(problems);
        }

        @Override
        public boolean accepted() {
            return false;
        }
    }
}
