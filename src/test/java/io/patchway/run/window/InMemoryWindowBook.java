package io.patchway.run.window;

import io.patchway.window.WindowId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A book of windows for tests; forgets everything with the process. */
public final class InMemoryWindowBook implements WindowBook {
    private final Map<WindowId, StoredWindow> windows = new LinkedHashMap<>();

    @Override
    public synchronized boolean add(StoredWindow window, Act act, Instant now) {
        return windows.putIfAbsent(window.id(), window) == null;
    }

    @Override
    public synchronized Optional<StoredWindow> find(WindowId id) {
        return Optional.ofNullable(windows.get(id));
    }

    @Override
    public synchronized List<StoredWindow> all() {
        return List.copyOf(windows.values());
    }

    @Override
    public synchronized Set<WindowId> enabled() {
        return windows.values().stream()
                .filter(window -> window.terms().enabled())
                .map(StoredWindow::id)
                .collect(Collectors.toSet());
    }

    @Override
    public synchronized Optional<StoredWindow> change(
            WindowId id, UnaryOperator<StoredWindow> change, Act act, Instant now) {
        return Optional.ofNullable(windows.computeIfPresent(id, (same, window) -> change.apply(window)));
    }

    @Override
    public synchronized boolean remove(WindowId id, Act act, Instant now) {
        return windows.remove(id) != null;
    }
}
