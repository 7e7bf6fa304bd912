package io.patchway.run;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The identity that an effect carries on a server, so that it can happen only once: run and round, or run and end.
 *
 * @param value 1 to 80 lower-case letters, digits or hyphens; safe as the name of a file and of a systemd unit
 */
public record OperationId(String value) {
    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9][a-z0-9-]{0,79}");

    public OperationId {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is not an operation id");
        }
    }

    public static OperationId of(RunId run, int round) {
        return new OperationId(run + "-" + round);
    }

    /** The identity of what a run does last on its server. */
    public static OperationId ofExit(RunId run) {
        return new OperationId(run + "-exit");
    }

    /** The identity of what a run does to the machine before it works on the server, or after that. */
    public static OperationId ofMachine(RunId run, Operation operation) {
        return new OperationId(run + "-" + operation.word().toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return value;
    }
}
