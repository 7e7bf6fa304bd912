package io.patchway.rollout;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Says between two waves whether things are well. */
public sealed interface HealthGate {
    String name();

    /** How long one answer may take. */
    Duration timeout();

    /**
     * Well when the page answers with this status.
     *
     * @param url of scheme http or https
     */
    record WebPage(String name, Duration timeout, URI url, int status) implements HealthGate {}

    /**
     * Well when the command ends with 0 on every server that was patched in the wave before.
     *
     * @param command the program and its arguments; no shell reads them
     */
    record Command(String name, Duration timeout, List<String> command) implements HealthGate {
        public Command {
            command = List.copyOf(command);
        }
    }
}
