package io.patchway.run;

import io.patchway.rollout.Rollout;
import io.patchway.run.PatchRequest.WindowSpan;
import io.patchway.server.ServerId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A patch request as somebody wrote it: well-formed, but nothing in it has been looked up yet.
 *
 * @param operation what is wanted
 * @param servers server ids as they were written
 * @param groups names of server groups
 * @param tags servers that carry all of these tags are meant too; empty: none by tags
 * @param baseline name of the baseline for all servers; empty: each server's own
 * @param snapshot all runs with this id see one approved set for each operating system and patch group; empty: each run
 *     sees the baseline as it finds it
 * @param scriptPackage id or name of a script package; empty when none was named
 * @param parameters parameters of the script package
 * @param recipients e-mail addresses that get both mails
 * @param rollout in which order and how fast; empty: all at once, a large fleet cautiously
 * @param special what only a command can say
 */
public record RequestForm(
        Operation operation,
        RebootOption rebootOption,
        int maxRounds,
        List<String> servers,
        List<String> groups,
        Map<String, String> tags,
        Optional<String> baseline,
        Optional<UUID> snapshot,
        Optional<String> scriptPackage,
        Map<String, String> parameters,
        List<String> recipients,
        Optional<Rollout> rollout,
        SpecialOrders special) {

    public RequestForm {
        servers = List.copyOf(servers);
        groups = List.copyOf(groups);
        tags = Map.copyOf(tags);
        parameters = Map.copyOf(parameters);
        recipients = List.copyOf(recipients);
    }

    /** A request of any kind but a command. */
    public RequestForm(
            Operation operation,
            RebootOption rebootOption,
            int maxRounds,
            List<String> servers,
            List<String> groups,
            Map<String, String> tags,
            Optional<String> baseline,
            Optional<UUID> snapshot,
            Optional<String> scriptPackage,
            Map<String, String> parameters,
            List<String> recipients,
            Optional<Rollout> rollout) {
        this(
                operation,
                rebootOption,
                maxRounds,
                servers,
                groups,
                tags,
                baseline,
                snapshot,
                scriptPackage,
                parameters,
                recipients,
                rollout,
                SpecialOrders.NONE);
    }

    /** The same for other servers. */
    public RequestForm on(List<ServerId> others) {
        return new RequestForm(
                operation,
                rebootOption,
                maxRounds,
                others.stream().map(ServerId::value).toList(),
                List.of(),
                Map.of(),
                baseline,
                snapshot,
                scriptPackage,
                parameters,
                recipients,
                rollout,
                special);
    }

    /** The same in a snapshot, unless one was asked for. */
    public RequestForm inSnapshot(UUID usual) {
        return new RequestForm(
                operation,
                rebootOption,
                maxRounds,
                servers,
                groups,
                tags,
                baseline,
                snapshot.or(() -> Optional.of(usual)),
                scriptPackage,
                parameters,
                recipients,
                rollout,
                special);
    }

    /** The same, but the servers have their turn in this way. */
    public RequestForm paced(Rollout pace) {
        return new RequestForm(
                operation,
                rebootOption,
                maxRounds,
                servers,
                groups,
                tags,
                baseline,
                snapshot,
                scriptPackage,
                parameters,
                recipients,
                Optional.of(pace),
                special);
    }

    /** Whether it says itself which servers it is for. */
    public boolean namesServers() {
        return !servers.isEmpty() || !groups.isEmpty() || !tags.isEmpty();
    }

    /**
     * How a request came in.
     *
     * @param text how it came in and from where, such as {@code inbox nightly.json}, {@code window web-sunday}
     * @param requester who asked
     * @param fingerprint identity of content and sender: of requests with the same one only the first counts. Empty:
     *     the request is always new
     * @param window the opening that must stay open; empty when the request may run at any time
     */
    public record Origin(String text, String requester, Optional<String> fingerprint, Optional<WindowSpan> window) {}
}
