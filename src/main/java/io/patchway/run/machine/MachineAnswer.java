package io.patchway.run.machine;

import io.patchway.run.ExecutionNumber;
import io.patchway.run.RunId;

/** What becomes of one server that something is asked of. */
public sealed interface MachineAnswer {
    /** The server as the request named it. */
    String server();

    /**
     * It will be done.
     *
     * @param number by which people and tools follow the run
     */
    record Queued(String server, RunId run, ExecutionNumber number) implements MachineAnswer {}

    /** It is so already; nothing is done. */
    record AlreadySo(String server) implements MachineAnswer {}

    /**
     * It will not be done.
     *
     * @param reason why, for people
     */
    record Refused(String server, String reason) implements MachineAnswer {}
}
