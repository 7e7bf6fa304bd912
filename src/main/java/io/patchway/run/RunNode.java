package io.patchway.run;

import io.patchway.run.RunLedger.Claim;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One node's share of the work: claims no more steps than it has free places, keeps their leases alive, and commits
 * what they decided. Safe for many threads.
 */
public final class RunNode {
    private final String name;
    private final RunLedger ledger;
    private final RunPolicy policy;
    private final RunWatcher watcher;
    private final Clock clock;
    private final int places;
    private final Duration lease;
    /** Claims on their way to a worker, each with the end of its lease: one that never arrives is claimed again. */
    private final Map<Claim, Instant> onTheWay = new ConcurrentHashMap<>();
    /** Claims that are being worked on; their leases are renewed. */
    private final Set<Claim> inHand = ConcurrentHashMap.newKeySet();

    /**
     * @param places how many steps this node works on at once
     * @param lease how long a claim lasts when it is not renewed
     */
    public RunNode(
            String name,
            RunLedger ledger,
            RunPolicy policy,
            RunWatcher watcher,
            Clock clock,
            int places,
            Duration lease) {
        this.name = name;
        this.ledger = ledger;
        this.policy = policy;
        this.watcher = watcher;
        this.clock = clock;
        this.places = places;
        this.lease = lease;
    }

    /** Claims due steps for the free places; each as a ticket that fits into a text message. */
    public List<String> claimDueSteps() {
        Instant now = clock.instant();
        onTheWay.values().removeIf(leaseEnd -> leaseEnd.isBefore(now));
        int free = places - inHand.size() - onTheWay.size();
        if (free <= 0) {
            return List.of();
        }
        List<Claim> claims = ledger.claimDue(name, free, lease, now);
        claims.forEach(claim -> onTheWay.put(claim, now.plus(lease)));
        return claims.stream().map(claim -> claim.run() + " " + claim.fence()).toList();
    }

    /** The run behind a ticket; empty when the claim was lost on the way. */
    public Optional<ServerRun> begin(String ticket) {
        Claim claim = claim(ticket);
        Optional<ServerRun> run = ledger.load(claim);
        run.ifPresent(found -> inHand.add(claim));
        onTheWay.remove(claim);
        return run;
    }

    /** Commits what a step decided. A lost claim changes nothing. */
    public void commit(ServerRun run, Transition decided) {
        Claim claim = new Claim(run.id(), run.fence());
        Instant now = clock.instant();
        Transition transition = decided.next() != run.state()
                        && decided.deadline().isEmpty()
                ? policy.deadline(decided.next(), now).map(decided::endingBy).orElse(decided)
                : decided;
        try {
            if (ledger.commit(claim, transition, now)) {
                watcher.moved(run, transition);
            }
        } finally {
            inHand.remove(claim);
        }
    }

    /** Gives up a step without a decision; its lease runs out and it is claimed again. */
    public void drop(ServerRun run) {
        inHand.remove(new Claim(run.id(), run.fence()));
    }

    public void renewLeases() {
        if (!inHand.isEmpty()) {
            ledger.renew(Set.copyOf(inHand), lease, clock.instant());
        }
    }

    private static Claim claim(String ticket) {
        String[] parts = ticket.split(" ", 2);
        if (parts.length != 2) {
            throw new IllegalArgumentException("'" + ticket + "' is not a ticket of a step");
        }
        return new Claim(new RunId(UUID.fromString(parts[0])), Long.parseLong(parts[1]));
    }
}
