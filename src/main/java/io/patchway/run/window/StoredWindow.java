package io.patchway.run.window;

import io.patchway.window.MaintenanceWindow;
import io.patchway.window.WindowId;
import io.patchway.window.WindowTerms;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * A maintenance window with everything that is done in it, wherever it was written.
 *
 * @param file the file that it is written in and can be changed in; empty: it was made through the API
 * @param timing what the terms mean
 * @param since openings up to here do not count: the window did not exist, was switched off or had another schedule.
 *     Empty: those count that somebody was there to see
 */
public record StoredWindow(
        WindowId id,
        Optional<String> file,
        WindowTerms terms,
        MaintenanceWindow timing,
        List<WindowTarget> targets,
        List<WindowTask> tasks,
        Instant createdAt,
        Instant modifiedAt,
        Optional<Instant> since) {

    public StoredWindow {
        targets = List.copyOf(targets);
        tasks = List.copyOf(tasks);
    }

    /**
     * A new window of the API.
     *
     * @throws IllegalArgumentException when the terms make no sense
     */
    public static StoredWindow made(WindowId id, WindowTerms terms, Instant now) {
        return restored(id, terms, List.of(), List.of(), now, now, now);
    }

    /** A window of the API as it was stored. */
    public static StoredWindow restored(
            WindowId id,
            WindowTerms terms,
            List<WindowTarget> targets,
            List<WindowTask> tasks,
            Instant createdAt,
            Instant modifiedAt,
            Instant since) {
        return new StoredWindow(
                id,
                Optional.empty(),
                terms,
                terms.timing(createdAt, since),
                targets,
                tasks,
                createdAt,
                modifiedAt,
                Optional.of(since));
    }

    /** What its openings are remembered under, and what its route is called after. */
    public String key() {
        return file.isPresent() ? terms.name() : id.value();
    }

    /**
     * The same window under other terms. When they change its openings, none of the past counts.
     *
     * @throws IllegalArgumentException when the terms make no sense
     */
    public StoredWindow under(WindowTerms others, Instant now) {
        Instant counts = terms.sameOpenings(others) ? since.orElse(now) : now;
        return restored(id, others, targets, tasks, createdAt, now, counts);
    }

    /** The same window with other targets. */
    public StoredWindow withTargets(UnaryOperator<List<WindowTarget>> change, Instant now) {
        return new StoredWindow(id, file, terms, timing, change.apply(targets), tasks, createdAt, now, since);
    }

    /** The same window with other tasks. */
    public StoredWindow withTasks(UnaryOperator<List<WindowTask>> change, Instant now) {
        return new StoredWindow(id, file, terms, timing, targets, change.apply(tasks), createdAt, now, since);
    }

    /** The first opening that will count and is later than an instant. */
    public Optional<Instant> nextOpening(Instant after) {
        return timing.nextOpening(since.filter(after::isBefore).orElse(after));
    }

    public Optional<WindowTarget> target(UUID target) {
        return targets.stream().filter(each -> each.id().equals(target)).findFirst();
    }

    public Optional<WindowTask> task(UUID task) {
        return tasks.stream().filter(each -> each.id().equals(task)).findFirst();
    }
}
