package io.patchway.run;

import io.patchway.run.RunLedger.Claim;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's share of the work: claims no more steps than it has free places, keeps their leases alive, and commits
 * what they decided. Safe for many threads.
 *
 * <p>A node that starts takes back at once what an earlier life of it left behind, and a node that stops gives back
 * what it has: nobody waits for a lease but when a node died or cannot be seen. After an outage of the database it
 * takes back the steps that the outage cut off.
 */
public final class RunNode {
    private static final Logger LOG = LoggerFactory.getLogger(RunNode.class);
    private static final Duration PAUSE_WITHOUT_WIRE = Duration.ofSeconds(5);
    /** After a claim that got less than there were places for: nothing more was due. */
    private static final Duration REST = Duration.ofMillis(150);

    /** What is stored may be mended by hand, or by the version that wrote it, between two attempts. */
    private static final int MOST_READINGS = 3;

    private final NodeSettings settings;
    private final RunLedger ledger;
    private final RunPolicy policy;
    private final RunWatcher watcher;
    private final Clock clock;
    /** Claims on their way to a worker, each with the end of its lease: one that never arrives is claimed again. */
    private final Map<Claim, Instant> onTheWay = new ConcurrentHashMap<>();
    /** How often runs could not be read. */
    private final Map<RunId, Integer> unreadable = new ConcurrentHashMap<>();
    /** Claims that are being worked on; their leases are renewed. */
    private final Set<Claim> inHand = ConcurrentHashMap.newKeySet();

    /** Held for reading by whoever changes claims in the ledger and here, so that the writer finds both the same. */
    private final ReadWriteLock bothAlike = new ReentrantReadWriteLock();

    private volatile Instant claimsFrom = Instant.MIN;
    private volatile Instant restsUntil = Instant.MIN;

    public RunNode(NodeSettings settings, RunLedger ledger, RunPolicy policy, RunWatcher watcher, Clock clock) {
        this.settings = settings;
        this.ledger = ledger;
        this.policy = policy;
        this.watcher = watcher;
        this.clock = clock;
    }

    public NodeSettings settings() {
        return settings;
    }

    /** Makes due at once what an earlier life of this node had claimed; to be called before anything is claimed. */
    public void resume() {
        int left = ledger.giveBackAll(settings.name(), clock.instant());
        if (left > 0) {
            LOG.info("Going on with {} steps that {} had claimed before it was stopped", left, settings.name());
        }
    }

    /** Whether it makes sense to claim; just after a claim that left places free there is nothing more. */
    public boolean expectsDueSteps() {
        return !clock.instant().isBefore(restsUntil);
    }

    /** Claims due steps for the free places; each as a ticket that fits into a text message. */
    public List<String> claimDueSteps() {
        Instant now = clock.instant();
        int free = settings.places() - inHand.size() - underWay(now);
        if (free <= 0 || now.isBefore(claimsFrom)) {
            return List.of();
        }
        List<Claim> claims = ledger.claimDue(settings.name(), free, settings.lease(), now);
        claims.forEach(claim -> onTheWay.put(claim, now.plus(settings.lease())));
        if (claims.size() < free) {
            restsUntil = now.plus(REST);
        }
        return claims.stream().map(RunNode::ticket).toList();
    }

    /**
     * Gives back what the ledger says this node has claimed although nobody here works on it: an outage of the database
     * hid how a transaction ended. To be called before the first claim after one, by the thread that claims.
     */
    public void takeBackLeftovers() {
        bothAlike.writeLock().lock();
        try {
            Set<Claim> left = new HashSet<>(ledger.claimsOf(settings.name()));
            left.removeAll(inHand);
            left.removeAll(onTheWay.keySet());
            if (!left.isEmpty()) {
                ledger.giveBack(left, clock.instant());
                LOG.info("Going on with {} steps that were cut off while the database was away", left.size());
            }
        } finally {
            bothAlike.writeLock().unlock();
        }
    }

    /** How many tickets still look for a worker. Those that another node has taken up have left this one. */
    private int underWay(Instant now) {
        onTheWay.values().removeIf(leaseEnd -> leaseEnd.isBefore(now));
        if (settings.sharedWire()) {
            onTheWay.keySet().retainAll(ledger.held(Set.copyOf(onTheWay.keySet())));
        }
        return onTheWay.size();
    }

    /** Tickets could not be handed on: they are given back, and claimed again after a pause. */
    public void wireIsDown() {
        Instant now = clock.instant();
        if (!isStopping()) {
            claimsFrom = now.plus(PAUSE_WITHOUT_WIRE);
        }
        giveBackTickets(now);
    }

    /**
     * The run behind a ticket; empty when the claim was lost on the way, when this node is stopping, or when the run
     * was given up.
     *
     * @throws UnreadableRun when the run cannot be read; the third time it is given up instead
     */
    public Optional<ServerRun> begin(String ticket) {
        Claim sent = claim(ticket);
        if (isStopping()) {
            ledger.giveBack(Set.of(sent), clock.instant());
            return Optional.empty();
        }
        bothAlike.readLock().lock();
        try {
            Optional<ServerRun> run = open(sent);
            run.ifPresent(found -> inHand.add(claim(found)));
            onTheWay.remove(sent);
            return run;
        } finally {
            bothAlike.readLock().unlock();
        }
    }

    private Optional<ServerRun> open(Claim sent) {
        try {
            return takeUp(sent).flatMap(this::load);
        } catch (UnreadableRun e) {
            throw e;
        } catch (RuntimeException e) {
            onTheWay.remove(sent);
            throw e;
        }
    }

    private Optional<ServerRun> load(Claim claim) {
        try {
            Optional<ServerRun> run = ledger.load(claim);
            unreadable.remove(claim.run());
            return run;
        } catch (UnreadableRun e) {
            if (unreadable.merge(claim.run(), 1, Integer::sum) < MOST_READINGS) {
                throw e;
            }
            giveUp(claim, e);
            return Optional.empty();
        }
    }

    private void giveUp(Claim claim, UnreadableRun cause) {
        LOG.error("Given up after {} attempts: {}", MOST_READINGS, cause.getMessage());
        ledger.abandon(claim, cause.getMessage(), clock.instant());
        unreadable.remove(claim.run());
    }

    /** A ticket that came over a shared wire counts once; otherwise it is this node's own. */
    private Optional<Claim> takeUp(Claim sent) {
        return settings.sharedWire()
                ? ledger.takeUp(sent, settings.name(), settings.lease(), clock.instant())
                : Optional.of(sent);
    }

    /**
     * Commits what a step decided. A lost claim changes nothing.
     *
     * @return the ticket of the next step when it is due at once and this node goes on with it
     */
    public Optional<String> commit(ServerRun run, Transition decided) {
        Instant now = clock.instant();
        Transition transition = decided.next() != run.state()
                        && decided.deadline().isEmpty()
                ? policy.deadline(decided.next(), now).map(decided::endingBy).orElse(decided)
                : decided;
        bothAlike.readLock().lock();
        try {
            return goesOn(transition, now) ? commitAndKeep(run, transition, now) : commitAndLetGo(run, transition, now);
        } finally {
            inHand.remove(claim(run));
            bothAlike.readLock().unlock();
        }
    }

    /** A step that is due now need not be claimed anew; over a shared wire whoever is free claims it. */
    private boolean goesOn(Transition transition, Instant now) {
        return !transition.next().ended()
                && !transition.dueAt().isAfter(now)
                && !settings.sharedWire()
                && !isStopping();
    }

    private Optional<String> commitAndKeep(ServerRun run, Transition transition, Instant now) {
        Optional<Claim> next = ledger.commitAndKeep(claim(run), transition, settings.name(), settings.lease(), now);
        tell(run, transition, next.isPresent());
        next.ifPresent(claim -> onTheWay.put(claim, now.plus(settings.lease())));
        return next.map(RunNode::ticket);
    }

    private Optional<String> commitAndLetGo(ServerRun run, Transition transition, Instant now) {
        tell(run, transition, ledger.commit(claim(run), transition, now));
        return Optional.empty();
    }

    private void tell(ServerRun run, Transition transition, boolean committed) {
        if (committed) {
            watcher.moved(run, transition);
        } else {
            LOG.info("Run {} on {} was taken over; what was decided here is refused", run.id(), run.server());
        }
    }

    /** Gives up a step without a decision; its lease runs out, or {@link #takeBackLeftovers()} finds it. */
    public void drop(ServerRun run) {
        inHand.remove(claim(run));
    }

    public void renewLeases() {
        if (!inHand.isEmpty()) {
            ledger.renew(Set.copyOf(inHand), settings.lease(), clock.instant());
        }
    }

    /** Claims nothing from now on, and begins nothing that was claimed; steps in hand may finish. */
    public void drain() {
        claimsFrom = Instant.MAX;
        giveBackTickets(clock.instant());
    }

    /** Gives back whatever has not finished in time, so that another node or the next start goes on with it. */
    public void leave() {
        int left = ledger.giveBackAll(settings.name(), clock.instant());
        LOG.info("{} claims nothing any more; {} unfinished steps were given back", settings.name(), left);
    }

    private boolean isStopping() {
        return claimsFrom.equals(Instant.MAX);
    }

    private void giveBackTickets(Instant now) {
        Set<Claim> tickets = Set.copyOf(onTheWay.keySet());
        ledger.giveBack(tickets, now);
        onTheWay.keySet().removeAll(tickets);
    }

    private static String ticket(Claim claim) {
        return claim.run() + " " + claim.fence();
    }

    private static Claim claim(ServerRun run) {
        return new Claim(run.id(), run.fence());
    }

    private static Claim claim(String ticket) {
        String[] parts = ticket.split(" ", 2);
        if (parts.length != 2) {
            throw new IllegalArgumentException("'" + ticket + "' is not a ticket of a step");
        }
        return new Claim(new RunId(UUID.fromString(parts[0])), Long.parseLong(parts[1]));
    }
}
