package io.patchway.api.ivanti.template;

import io.patchway.run.ScanHistory;
import io.patchway.run.StoredScan;
import io.patchway.server.ServerId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What the repositories of the servers offer, by their newest scans: each package version of a distribution once.
 * Looked up anew after half a minute, so that the pages of one list fit together. Thread-safe.
 */
public final class Offers {
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final int TOGETHER = 20;

    private final ScanHistory scans;
    private final Clock clock;
    private volatile Seen seen = new Seen(Instant.MIN, List.of());

    private record Seen(Instant at, List<Offer> offers) {}

    public Offers(ScanHistory scans, Clock clock) {
        this.scans = scans;
        this.clock = clock;
    }

    /** All of them, ordered by number. */
    List<Offer> all() {
        Instant now = clock.instant();
        Seen last = seen;
        if (last.at().isAfter(now.minus(FRESH))) {
            return last.offers();
        }
        Seen fresh = new Seen(now, collect(now));
        seen = fresh;
        return fresh.offers();
    }

    private List<Offer> collect(Instant now) {
        Map<UUID, Offer> found = new HashMap<>();
        Optional<ServerId> behind = Optional.empty();
        List<StoredScan> page;
        do {
            page = scans.newestOfEach(Instant.EPOCH, now.plusSeconds(1), behind, TOGETHER);
            page.forEach(scan -> scan.record().scan().available().stream()
                    .map(patch -> new Offer(
                            scan.record().scan().host(), scan.record().scan().family(), patch))
                    .forEach(offer -> found.putIfAbsent(offer.id(), offer)));
            behind = page.isEmpty()
                    ? behind
                    : Optional.of(page.get(page.size() - 1).server());
        } while (page.size() == TOGETHER);
        return found.values().stream()
                .sorted(Comparator.comparingInt(Offer::vulnerability).thenComparing(Offer::id))
                .toList();
    }
}
