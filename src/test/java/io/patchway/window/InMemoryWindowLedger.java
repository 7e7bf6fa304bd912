package io.patchway.window;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A window ledger for tests; forgets everything with the process. */
public class InMemoryWindowLedger implements WindowLedger {
    private final Map<String, TreeMap<Instant, String>> openings = new LinkedHashMap<>();

    @Override
    public synchronized boolean claimOpening(String window, Instant opensAt, String outcome) {
        return openings.computeIfAbsent(window, name -> new TreeMap<>()).putIfAbsent(opensAt, outcome) == null;
    }

    @Override
    public synchronized Optional<Instant> lastOpening(String window, Instant upTo) {
        return Optional.ofNullable(openings.get(window)).map(claimed -> claimed.floorKey(upTo));
    }

    @Override
    public synchronized void forgetMissed(String window, Instant after) {
        openings.getOrDefault(window, new TreeMap<>())
                .tailMap(after, false)
                .values()
                .removeIf("MISSED"::equals);
    }

    /** What was claimed of a window, oldest first. */
    public synchronized Map<Instant, String> of(String window) {
        return new TreeMap<>(openings.getOrDefault(window, new TreeMap<>()));
    }
}
