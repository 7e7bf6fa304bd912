package io.patchway.run.window;

import io.patchway.run.Page;
import io.patchway.window.WindowId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A memory of window executions for tests; forgets everything with the process. */
public class InMemoryWindowExecutions implements WindowExecutions {
    private final Map<UUID, Row> rows = new LinkedHashMap<>();

    private static final class Row {
        WindowExecution execution;
        Optional<Instant> dueAt;
        long fence;

        Row(WindowExecution execution, Optional<Instant> dueAt) {
            this.execution = execution;
            this.dueAt = dueAt;
        }
    }

    @Override
    public synchronized Opened open(WindowExecution execution) {
        if (rows.containsKey(execution.id())) {
            return Opened.KNOWN;
        }
        if (goingOn(execution.window()).isPresent()) {
            return Opened.OVERLAPS;
        }
        rows.put(execution.id(), new Row(execution, Optional.of(execution.startedAt())));
        return Opened.NEW;
    }

    @Override
    public synchronized void addEnded(WindowExecution execution) {
        rows.putIfAbsent(execution.id(), new Row(execution, Optional.empty()));
    }

    @Override
    public synchronized List<UUID> due(int limit, Instant now) {
        return rows.entrySet().stream()
                .filter(row -> isDue(row.getValue(), now))
                .map(Map.Entry::getKey)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<Claimed> claim(UUID id, Duration lease, Instant now) {
        Row row = rows.get(id);
        if (!isDue(row, now)) {
            return Optional.empty();
        }
        row.dueAt = Optional.of(now.plus(lease));
        row.fence++;
        return Optional.of(new Claimed(row.execution, row.fence));
    }

    private static boolean isDue(Row row, Instant now) {
        return row.dueAt.filter(due -> !due.isAfter(now)).isPresent();
    }

    @Override
    public synchronized boolean save(Claimed claim, WindowExecution execution, Optional<Instant> next) {
        Row row = rows.get(execution.id());
        if (row.fence != claim.fence()) {
            return false;
        }
        boolean cancelled = row.execution.cancelled();
        row.execution = cancelled ? execution.cancelledBySomebody() : execution;
        row.dueAt = next;
        return true;
    }

    @Override
    public synchronized boolean cancel(UUID id, String actor, Instant now) {
        Optional<Row> row = Optional.ofNullable(rows.get(id));
        row.filter(found -> !found.execution.status().ended())
                .ifPresent(found -> found.execution = found.execution.cancelledBySomebody());
        return row.isPresent();
    }

    @Override
    public synchronized Optional<WindowExecution> find(UUID id) {
        return Optional.ofNullable(rows.get(id)).map(row -> row.execution);
    }

    @Override
    public synchronized Optional<WindowExecution> goingOn(WindowId window) {
        return rows.values().stream()
                .map(row -> row.execution)
                .filter(execution -> execution.window().equals(window))
                .filter(execution -> !execution.status().ended())
                .findFirst();
    }

    @Override
    public synchronized Page<WindowExecution> of(WindowId window, Optional<String> cursor, int limit) {
        List<WindowExecution> all = rows.values().stream()
                .map(row -> row.execution)
                .filter(execution -> execution.window().equals(window))
                .sorted(Comparator.comparing(WindowExecution::startedAt).reversed())
                .toList();
        int from = cursor.map(Integer::parseInt).orElse(0);
        int to = Math.min(from + limit, all.size());
        return new Page<>(all.subList(from, to), to < all.size() ? Optional.of(String.valueOf(to)) : Optional.empty());
    }
}
