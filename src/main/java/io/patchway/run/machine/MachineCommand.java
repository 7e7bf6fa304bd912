package io.patchway.run.machine;

import io.patchway.run.Operation;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.Server;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What Patchway runs on its own machine to do something to the machine of a server.
 *
 * @param words the program and its arguments; no shell reads them. {@code {server}}, {@code {host}} and
 *     {@code {snapshot}} stand for the server's id, its address and the snapshot's name, each as a whole argument
 * @param deadline how long it may take; then it is ended
 * @param repeatable whether it may be run again for the same operation when nobody knows how it ended
 */
public record MachineCommand(Operation operation, List<String> words, Duration deadline, boolean repeatable) {
    public static final String SERVER = "{server}";
    public static final String HOST = "{host}";
    public static final String SNAPSHOT = "{snapshot}";

    public MachineCommand {
        words = List.copyOf(words);
    }

    /** The words with what they stand for in their places. */
    public List<String> wordsFor(Server server, Optional<String> snapshot) {
        return words.stream()
                .map(word -> switch (word) {
                    case SERVER -> server.id().value();
                    case HOST -> address(server);
                    case SNAPSHOT -> snapshot.orElse("");
                    default -> word;
                })
                .toList();
    }

    private static String address(Server server) {
        return server.connection() instanceof ConnectionSettings.Ssh ssh
                ? ssh.host()
                : server.id().value();
    }
}
