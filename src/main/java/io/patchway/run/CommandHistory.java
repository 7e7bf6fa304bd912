package io.patchway.run;

import io.patchway.run.RequestReport.RunReport;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.Optional;

/** The requests that came in as commands, which are those with a memo; page by page. */
public interface CommandHistory {

    /**
     * Commands, the newest first.
     *
     * @throws BadCursorException when the cursor is none of this list
     */
    Page<Command> commands(Selection selection, Optional<String> cursor, int limit);

    /** One command. */
    Optional<Command> command(RequestId id);

    /**
     * The runs of a command with everything recorded about each, in the order of its servers.
     *
     * @param server only the run on this server
     * @throws BadCursorException when the cursor is none of this list
     */
    Page<CommandRun> runs(RequestId command, Optional<ServerId> server, Optional<String> cursor, int limit);

    /**
     * Which commands are meant.
     *
     * @param server those that have a run on it
     * @param after those that came later
     * @param before those that came earlier
     */
    record Selection(Optional<ServerId> server, Optional<Instant> after, Optional<Instant> before) {
        /** All commands. */
        public static final Selection ALL = new Selection(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * A request that came in as a command.
     *
     * @param memo what the API that handed it in wants to be told again
     * @param cancelled whether no further server is started
     */
    record Command(RequestSummary request, String memo, boolean cancelled) {}

    /** @param cancelled whether somebody wants the run to end */
    record CommandRun(RunReport run, boolean cancelled) {}
}
