package io.patchway.api.ssm.baseline;

import io.patchway.patch.Patch;
import io.patchway.run.ScanHistory;
import io.patchway.run.StoredScan;
import io.patchway.scan.HostProduct;
import io.patchway.server.Inventory;
import io.patchway.server.ServerId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the repositories of the managed nodes offer, by their newest scans: each patch once for each product. Looked up
 * anew after half a minute, so that the pages of one listing fit together. Thread-safe.
 */
final class OfferedPatches {
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final int TOGETHER = 20;

    private final ScanHistory scans;
    private final Inventory inventory;
    private final Clock clock;
    private volatile Seen seen = new Seen(Instant.MIN, List.of());

    OfferedPatches(ScanHistory scans, Inventory inventory, Clock clock) {
        this.scans = scans;
        this.inventory = inventory;
        this.clock = clock;
    }

    /** A patch that nodes of a product are offered. */
    record Offered(HostProduct product, Patch patch) {}

    /** All of them, ordered by product, name and version. */
    List<Offered> all() {
        Instant now = clock.instant();
        Seen last = seen;
        if (last.at().isAfter(now.minus(FRESH))) {
            return last.patches();
        }
        Seen fresh = new Seen(now, List.copyOf(collect(now)));
        seen = fresh;
        return fresh.patches();
    }

    private Collection<Offered> collect(Instant now) {
        Map<String, Offered> found = new TreeMap<>();
        Optional<ServerId> behind = Optional.empty();
        List<StoredScan> page;
        do {
            page = scans.newestOfEach(Instant.EPOCH, now.plusSeconds(1), behind, TOGETHER);
            page.stream()
                    .filter(scan -> inventory.find(scan.server()).isPresent())
                    .forEach(scan -> add(found, scan));
            behind = page.isEmpty()
                    ? behind
                    : Optional.of(page.get(page.size() - 1).server());
        } while (page.size() == TOGETHER);
        return found.values();
    }

    private static void add(Map<String, Offered> found, StoredScan scan) {
        HostProduct.of(scan.record().scan().host())
                .ifPresent(product -> scan.record()
                        .scan()
                        .available()
                        .forEach(patch -> found.putIfAbsent(
                                product.product() + "\n" + patch.key() + "\n" + patch.version(),
                                new Offered(product, patch))));
    }

    private record Seen(Instant at, List<Offered> patches) {}
}
