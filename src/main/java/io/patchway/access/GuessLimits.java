package io.patchway.access;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How often somebody may be wrong about passwords within a quarter of an hour: about one user from one network, from
 * one network, and about one user from networks that it has never signed in from. So guessing from elsewhere locks
 * nobody out who signs in from where he always does. Each node counts for itself. Thread-safe.
 */
final class GuessLimits {
    static final Duration SPAN = Duration.ofMinutes(15);
    static final int MOST_HERE = 10;
    static final int MOST_BY_NETWORK = 50;
    static final int MOST_BY_USER = 100;

    private final Tally here;
    private final Tally byNetwork;
    private final Tally byUser;

    GuessLimits(Clock clock) {
        this.here = new Tally(MOST_HERE, SPAN, clock);
        this.byNetwork = new Tally(MOST_BY_NETWORK, SPAN, clock);
        this.byUser = new Tally(MOST_BY_USER, SPAN, clock);
    }

    /** Whether it depends on the network being known whether there may be one more attempt. */
    synchronized boolean asksForKnownNetwork(String user, String network) {
        return byNetwork.wait(network).isPresent() || byUser.wait(user).isPresent();
    }

    /**
     * Counts an attempt as wrong, which {@link #wasRight} corrects; so that many at the same time are not too many.
     *
     * @param known whether the user has signed in from this network before
     * @return how long to wait, when there were too many; then it is not counted
     */
    synchronized Optional<Duration> begin(String user, String network, boolean known) {
        Optional<Duration> wait = Stream.concat(
                        here.wait(both(user, network)).stream(),
                        known
                                ? Stream.empty()
                                : Stream.concat(byNetwork.wait(network).stream(), byUser.wait(user).stream()))
                .max(Duration::compareTo);
        if (wait.isEmpty()) {
            here.add(both(user, network));
            byNetwork.add(network);
            byUser.add(user);
        }
        return wait;
    }

    /** The attempt was no guess: the password was right. */
    synchronized void wasRight(String user, String network) {
        here.forget(both(user, network));
        byNetwork.takeBack(network);
        byUser.takeBack(user);
    }

    /** The attempt did not take place. */
    synchronized void didNotHappen(String user, String network) {
        here.takeBack(both(user, network));
        byNetwork.takeBack(network);
        byUser.takeBack(user);
    }

    private static String both(String user, String network) {
        return network + " " + user;
    }
}
