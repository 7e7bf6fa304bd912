package io.patchway.explain;

import io.patchway.run.ScanHistory;
import io.patchway.run.StoredScan;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Scans in memory. */
public final class KeptScans implements ScanHistory {
    private final List<StoredScan> scans = new ArrayList<>();

    public void keep(StoredScan scan) {
        scans.add(scan);
    }

    @Override
    public Optional<StoredScan> latest(ServerId server) {
        return newestOfEach(Instant.MIN, Instant.MAX, Optional.empty(), Integer.MAX_VALUE).stream()
                .filter(scan -> scan.server().equals(server))
                .findFirst();
    }

    @Override
    public List<StoredScan> newestOfEach(Instant from, Instant before, Optional<ServerId> behind, int most) {
        Map<ServerId, StoredScan> newest = new TreeMap<>();
        scans.stream()
                .filter(scan -> !taken(scan).isBefore(from) && taken(scan).isBefore(before))
                .filter(scan -> behind.isEmpty() || scan.server().compareTo(behind.get()) > 0)
                .sorted(Comparator.comparing(KeptScans::taken))
                .forEach(scan -> newest.put(scan.server(), scan));
        return newest.values().stream().limit(most).toList();
    }

    private static Instant taken(StoredScan scan) {
        return scan.record().scan().takenAt();
    }
}
