package io.patchway.api.ssm.window;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.api.ssm.NodeIds;
import io.patchway.api.ssm.OperationGroup;
import io.patchway.api.ssm.OperationTable;
import io.patchway.api.ssm.Paging;
import io.patchway.api.ssm.TargetDocument;
import io.patchway.run.window.StoredWindow;
import io.patchway.run.window.TargetEntry;
import io.patchway.run.window.WindowTarget;
import io.patchway.run.window.WindowTask;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Tells when windows will open, and which windows a node belongs to. */
final class WindowScheduleOperations implements OperationGroup {
    private static final String BEFORE = "ScheduledBefore";
    private static final String AFTER = "ScheduledAfter";
    private static final Duration HORIZON = Duration.ofDays(366);
    private static final int MOST_OF_ONE_WINDOW = 100;

    private final WindowAccess windows;
    private final Inventory inventory;
    private final NodeIds nodes;

    WindowScheduleOperations(WindowAccess windows, Inventory inventory, NodeIds nodes) {
        this.windows = windows;
        this.inventory = inventory;
        this.nodes = nodes;
    }

    @Override
    public void addTo(OperationTable table) {
        table.reads("DescribeMaintenanceWindowSchedule", Schedule.class, this::schedule);
        table.reads("DescribeMaintenanceWindowsForTarget", ForTarget.class, this::forTarget);
    }

    record Schedule(
            @JsonProperty("WindowId") Optional<String> windowId,
            @JsonProperty("Targets") List<TargetDocument> targets,
            @JsonProperty("ResourceType") Optional<String> resourceType,
            @JsonProperty("Filters") List<WindowFilter> filters,
            @JsonProperty("MaxResults") Optional<Integer> maxResults,
            @JsonProperty("NextToken") Optional<String> nextToken) {
        Schedule {
            targets = targets == null ? List.of() : List.copyOf(targets);
            filters = filters == null ? List.of() : List.copyOf(filters);
        }
    }

    record Scheduled(
            @JsonProperty("ScheduledWindowExecutions") List<Opening> executions,
            @JsonProperty("NextToken") Optional<String> nextToken) {}

    record Opening(
            @JsonProperty("WindowId") String windowId,
            @JsonProperty("Name") String name,
            @JsonProperty("ExecutionTime") String executionTime) {}

    private record Planned(StoredWindow window, Instant opens) {
        Opening shown() {
            return new Opening(window.id().value(), window.terms().name(), WindowOperations.time(window, opens));
        }
    }

    /** The list begins where it began on its first page. It has an end: so many openings of each window, in a year. */
    private Scheduled schedule(Schedule request) {
        WindowFilter.allow(request.filters(), BEFORE, AFTER);
        Instant now = windows.now();
        Instant after = WindowFilter.time(request.filters(), AFTER)
                .filter(now::isBefore)
                .orElseGet(() -> firstPage(request.nextToken(), now));
        Instant until = WindowFilter.time(request.filters(), BEFORE).orElse(after.plus(HORIZON));
        List<Planned> planned = asked(request)
                .flatMap(window -> openings(window, after, until))
                .sorted(Comparator.comparing(Planned::opens)
                        .thenComparing(each -> each.window().id().value()))
                .toList();
        Optional<String> offset = Paging.position(request.nextToken())
                .map(position -> Paging.token(position.substring(position.indexOf('@') + 1)));
        Paging.Cut<Planned> page = Paging.of(planned, offset, WindowAccess.most(request.maxResults()));
        return new Scheduled(
                page.entries().stream().map(Planned::shown).toList(),
                page.nextToken()
                        .map(token -> Paging.token(after + "@"
                                + Paging.position(Optional.of(token)).orElseThrow())));
    }

    private static Instant firstPage(Optional<String> token, Instant now) {
        return Paging.position(token)
                .filter(position -> position.indexOf('@') > 0)
                .map(position -> WindowAccess.instant(position.substring(0, position.indexOf('@'))))
                .orElse(now);
    }

    private Stream<StoredWindow> asked(Schedule request) {
        if (request.windowId().isPresent()) {
            return Stream.of(windows.existing(request.windowId().get()));
        }
        return windows.all().stream().filter(request.targets().isEmpty() ? window -> true : meaning(request.targets()));
    }

    private static Stream<Planned> openings(StoredWindow window, Instant after, Instant until) {
        Instant from = window.since().filter(after::isBefore).orElse(after);
        return window.timing().openingsBetween(from, until, MOST_OF_ONE_WINDOW).stream()
                .map(opening -> new Planned(window, opening.opens()));
    }

    record ForTarget(
            @JsonProperty("Targets") List<TargetDocument> targets,
            @JsonProperty("ResourceType") String resourceType,
            @JsonProperty("MaxResults") Optional<Integer> maxResults,
            @JsonProperty("NextToken") Optional<String> nextToken) {}

    record Windows(
            @JsonProperty("WindowIdentities") List<Identity> windowIdentities,
            @JsonProperty("NextToken") Optional<String> nextToken) {}

    record Identity(
            @JsonProperty("WindowId") String windowId,
            @JsonProperty("Name") String name) {}

    private Windows forTarget(ForTarget request) {
        List<Identity> identities = windows.all().stream()
                .filter(meaning(request.targets()))
                .map(window -> new Identity(window.id().value(), window.terms().name()))
                .toList();
        Paging.Cut<Identity> page = Paging.of(identities, request.nextToken(), WindowAccess.most(request.maxResults()));
        return new Windows(page.entries(), page.nextToken());
    }

    /** Windows that have a target or a task for one of the servers, or a target that is written just so. */
    private Predicate<StoredWindow> meaning(List<TargetDocument> targets) {
        List<Server> servers = TargetDocument.selection(targets, nodes).in(inventory);
        List<TargetEntry> written = WindowTargetOperations.entries(targets);
        return window -> entries(window)
                .anyMatch(
                        entries -> entries.equals(written)
                                || servers.stream()
                                        .anyMatch(TargetDocument.selection(
                                                WindowTargetOperations.documents(entries), nodes)::means));
    }

    private static Stream<List<TargetEntry>> entries(StoredWindow window) {
        return Stream.concat(
                        window.targets().stream().map(WindowTarget::entries),
                        window.tasks().stream().map(WindowTask::ownTargets))
                .filter(entries -> !entries.isEmpty());
    }
}
