package io.patchway.run;

import io.patchway.rollout.Rollout;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Who asked for what on which servers.
 *
 * @param origin how it came in and from where, such as {@code inbox nightly.json}, {@code window web-sunday}
 * @param requester who asked, for the mails and the history
 * @param servers the accepted servers, each once, in the order of the request
 * @param baseline name of the baseline for all servers; empty: each server's own
 * @param snapshot all runs with this id see one approved set for each operating system and patch group; empty: each run
 *     sees the baseline as it finds it
 * @param scriptPackage name of the script package, such as {@code Yum Update}; empty when none was named
 * @param excluded name patterns that the script package leaves out
 * @param recipients e-mail addresses that get both mails
 * @param window the maintenance window that must stay open; empty when the request may run at any time
 * @param rollout in which order and how fast it goes through the servers
 * @param special what only a command can say
 * @param acceptedAt when it was accepted
 */
public record PatchRequest(
        RequestId id,
        Operation operation,
        RebootOption rebootOption,
        int maxRounds,
        String origin,
        String requester,
        List<ServerId> servers,
        Optional<String> baseline,
        Optional<UUID> snapshot,
        Optional<String> scriptPackage,
        List<String> excluded,
        List<String> recipients,
        Optional<WindowSpan> window,
        Rollout rollout,
        SpecialOrders special,
        Instant acceptedAt) {

    /** Rounds after which a server run gives up when a request names no other number. */
    public static final int DEFAULT_MAX_ROUNDS = 5;

    public PatchRequest {
        servers = List.copyOf(servers);
        excluded = List.copyOf(excluded);
        recipients = List.copyOf(recipients);
    }

    /** A request of any kind but a command. */
    public PatchRequest(
            RequestId id,
            Operation operation,
            RebootOption rebootOption,
            int maxRounds,
            String origin,
            String requester,
            List<ServerId> servers,
            Optional<String> baseline,
            Optional<UUID> snapshot,
            Optional<String> scriptPackage,
            List<String> excluded,
            List<String> recipients,
            Optional<WindowSpan> window,
            Rollout rollout,
            Instant acceptedAt) {
        this(
                id,
                operation,
                rebootOption,
                maxRounds,
                origin,
                requester,
                servers,
                baseline,
                snapshot,
                scriptPackage,
                excluded,
                recipients,
                window,
                rollout,
                SpecialOrders.NONE,
                acceptedAt);
    }

    /**
     * One opening of a maintenance window.
     *
     * @param name the window's name
     * @param opens when it opened
     * @param cutoff from when on no server may start
     * @param closes when it ends
     */
    public record WindowSpan(String name, Instant opens, Instant cutoff, Instant closes) {}
}
