package io.patchway.run;

/** What is stored about a server run cannot be read: it was damaged, or written by another version. */
public final class UnreadableRun extends RuntimeException {
    public UnreadableRun(RunId run, Throwable cause) {
        super("what is stored about run " + run + " cannot be read: " + cause.getMessage(), cause);
    }
}
