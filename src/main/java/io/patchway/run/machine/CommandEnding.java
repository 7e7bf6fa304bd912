package io.patchway.run.machine;

/**
 * How a command ended.
 *
 * @param status the exit status; of meaning for a command that ended by itself
 * @param output the end of what it printed, for people; or why it could not be started
 */
public record CommandEnding(Kind kind, int status, String output) {

    /** In which way. */
    public enum Kind {
        /** By itself. */
        ENDED,
        /** It took too long, and was ended; what it has done is not known. */
        TIMED_OUT,
        /** It could not be started: nothing was done. */
        NOT_STARTED
    }

    public boolean well() {
        return kind == Kind.ENDED && status == 0;
    }
}
