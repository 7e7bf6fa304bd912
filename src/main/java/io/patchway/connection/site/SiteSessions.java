package io.patchway.connection.site;

import io.patchway.server.ConnectionSettings.Http;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** The sign-ins at sites, shared by all runs: nobody signs in while another does. Thread-safe. */
public final class SiteSessions {
    /** Tokens live for up to two weeks; one that is refused earlier is renewed then. */
    private static final Duration OLD = Duration.ofDays(1);

    private final Map<Account, Seat> seats = new ConcurrentHashMap<>();
    private final Function<Http, SiteSession> signIn;
    private final Clock clock;

    /** @param signIn signs in anew */
    public SiteSessions(Function<Http, SiteSession> signIn, Clock clock) {
        this.signIn = signIn;
        this.clock = clock;
    }

    /** The session for a site, signed in when there is none, or none that is young enough. */
    public SiteSession of(Http site) {
        return seat(site).take(site);
    }

    /** The site refused this one: the next caller signs in, unless somebody has already. */
    public void refused(Http site, SiteSession session) {
        seat(site).leave(session);
    }

    private Seat seat(Http site) {
        return seats.computeIfAbsent(new Account(site.url(), site.user(), site.passwordFile()), first -> new Seat());
    }

    private record Account(URI url, String user, Path passwordFile) {}

    private final class Seat {
        private final ReentrantLock lock = new ReentrantLock();
        private Optional<SiteSession> current = Optional.empty();

        SiteSession take(Http site) {
            lock.lock();
            try {
                SiteSession session = current.filter(
                                young -> young.since().plus(OLD).isAfter(clock.instant()))
                        .orElseGet(() -> signIn.apply(site));
                current = Optional.of(session);
                return session;
            } finally {
                lock.unlock();
            }
        }

        void leave(SiteSession session) {
            lock.lock();
            try {
                current = current.filter(other -> !other.equals(session));
            } finally {
                lock.unlock();
            }
        }
    }
}
