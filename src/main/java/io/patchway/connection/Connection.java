package io.patchway.connection;

import io.patchway.run.ServerFault;
import io.patchway.server.Server;
import java.time.Duration;
import java.util.List;

/**
 * A way to run one constant script on one server.
 *
 * <p>The script and its arguments go to {@code sh -s} through stdin, under {@code sudo -n} when the script needs root
 * and the login is somebody else; a PowerShell script goes to {@code powershell.exe}. Each argument is data: it arrives
 * as one word, whatever is in it, and is never part of the script. The script runs once all of it has arrived, and
 * finds nothing on its own stdin.
 */
public interface Connection {
    /** How many bytes all arguments of one call may have together; a script may pass them on in one word of 128 KiB. */
    int MAX_ARGUMENT_BYTES = 100_000;

    /**
     * Runs the script to its end.
     *
     * @param arguments at most {@link #MAX_ARGUMENT_BYTES} together; none holds a NUL
     * @param deadline how long the whole call may take, connecting included
     * @return what it printed, however it ended
     * @throws ServerFault when the server cannot be reached or does not let us in, or the deadline passes
     */
    ScriptOutput run(Server server, Script script, List<String> arguments, Duration deadline);
}
