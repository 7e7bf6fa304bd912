package io.patchway.api.ssm.window;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.access.Caller;
import io.patchway.api.ssm.ClientTokens;
import io.patchway.api.ssm.OperationGroup;
import io.patchway.api.ssm.OperationTable;
import io.patchway.api.ssm.Paging;
import io.patchway.api.ssm.Replacement;
import io.patchway.api.ssm.SsmException;
import io.patchway.api.ssm.tag.Tag;
import io.patchway.run.window.StoredWindow;
import io.patchway.tag.ResourceType;
import io.patchway.tag.Tags;
import io.patchway.window.WindowId;
import io.patchway.window.WindowTerms;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Makes, changes, shows and removes maintenance windows. */
final class WindowOperations implements OperationGroup {
    private static final Map<String, Function<StoredWindow, Optional<String>>> FILTERS = Map.of(
            "Name", window -> Optional.of(window.terms().name()),
            "Enabled", window -> Optional.of(String.valueOf(window.terms().enabled())));

    private final WindowAccess windows;
    private final Tags tags;
    private final ClientTokens tokens;

    WindowOperations(WindowAccess windows, Tags tags, ClientTokens tokens) {
        this.windows = windows;
        this.tags = tags;
        this.tokens = tokens;
    }

    @Override
    public void addTo(OperationTable table) {
        table.administers("CreateMaintenanceWindow", Create.class, this::create);
        table.administers("UpdateMaintenanceWindow", Update.class, this::update);
        table.administers("DeleteMaintenanceWindow", Named.class, this::delete);
        table.reads("GetMaintenanceWindow", Named.class, this::get);
        table.reads("DescribeMaintenanceWindows", Describe.class, this::describe);
    }

    record Create(
            @JsonProperty("Name") String name,
            @JsonProperty("Description") Optional<String> description,
            @JsonProperty("StartDate") Optional<String> startDate,
            @JsonProperty("EndDate") Optional<String> endDate,
            @JsonProperty("Schedule") String schedule,
            @JsonProperty("ScheduleTimezone") Optional<String> scheduleTimezone,
            @JsonProperty("ScheduleOffset") Optional<Integer> scheduleOffset,
            @JsonProperty("Duration") int duration,
            @JsonProperty("Cutoff") int cutoff,
            @JsonProperty("AllowUnassociatedTargets") boolean allowUnassociatedTargets,
            @JsonProperty("ClientToken") Optional<String> clientToken,
            @JsonProperty("Tags") List<Tag> tags) {
        Create {
            tags = tags == null ? List.of() : List.copyOf(tags);
        }

        WindowTerms terms() {
            return new WindowTerms(
                    name,
                    description,
                    schedule,
                    scheduleTimezone,
                    scheduleOffset,
                    startDate,
                    endDate,
                    duration,
                    cutoff,
                    allowUnassociatedTargets,
                    true);
        }
    }

    record Tag(
            @JsonProperty("Key") String key,
            @JsonProperty("Value") String value) {}

    record Named(@JsonProperty("WindowId") String windowId) {}

    private Named create(Caller caller, Create request) {
        return new Named(tokens.once("CreateMaintenanceWindow", caller, request.clientToken(), request, newId -> {
            WindowId id = new WindowId("mw-" + newId.hex17());
            StoredWindow window = WindowAccess.checked(() -> StoredWindow.made(id, request.terms(), windows.now()));
            tag(id, request.tags(), caller);
            windows.add(window, caller);
            return id.value();
        }));
    }

    /** Before the window is there: a call that is broken off in between is repeated, and does it once more. */
    private void tag(WindowId id, List<Tag> given, Caller caller) {
        if (given.isEmpty()) {
            return;
        }
        Map<String, String> wanted = new TreeMap<>();
        given.forEach(tag -> wanted.put(tag.key(), tag.value()));
        tags.add(ResourceType.MAINTENANCE_WINDOW, id.value(), wanted, WindowOperations::refuseTooMany, caller.name());
    }

    private static void refuseTooMany(Map<String, String> wanted) {
        if (wanted.size() > Tags.MOST) {
            throw SsmException.invalid("A maintenance window carries at most " + Tags.MOST + " tags");
        }
    }

    record Update(
            @JsonProperty("WindowId") String windowId,
            @JsonProperty("Name") Optional<String> name,
            @JsonProperty("Description") Optional<String> description,
            @JsonProperty("StartDate") Optional<String> startDate,
            @JsonProperty("EndDate") Optional<String> endDate,
            @JsonProperty("Schedule") Optional<String> schedule,
            @JsonProperty("ScheduleTimezone") Optional<String> scheduleTimezone,
            @JsonProperty("ScheduleOffset") Optional<Integer> scheduleOffset,
            @JsonProperty("Duration") Optional<Integer> duration,
            @JsonProperty("Cutoff") Optional<Integer> cutoff,
            @JsonProperty("AllowUnassociatedTargets") Optional<Boolean> allowUnassociatedTargets,
            @JsonProperty("Enabled") Optional<Boolean> enabled,
            @JsonProperty("Replace") Optional<Boolean> replace) {

        /** A window that is switched off stays so until it is told to be on, also when all else is replaced. */
        WindowTerms terms(WindowTerms old) {
            Replacement rule = Replacement.of(replace);
            return new WindowTerms(
                    rule.required("name", name, old.name()),
                    rule.optional(description, old.description()),
                    rule.required("schedule", schedule, old.schedule()),
                    rule.optional(scheduleTimezone, old.zone()),
                    rule.optional(scheduleOffset, old.offset()),
                    rule.optional(startDate, old.start()),
                    rule.optional(endDate, old.end()),
                    rule.required("duration", duration, old.hours()),
                    rule.required("cutoff", cutoff, old.cutoff()),
                    rule.required("allowUnassociatedTargets", allowUnassociatedTargets, old.unassociatedTargets()),
                    enabled.orElse(old.enabled()));
        }
    }

    private Shown update(Caller caller, Update request) {
        Instant now = windows.now();
        StoredWindow changed = windows.change(
                caller,
                request.windowId(),
                "window.changed",
                "",
                window -> WindowAccess.checked(() -> window.under(request.terms(window.terms()), now)));
        return Shown.of(changed, Optional.empty(), false);
    }

    /** Removing what is not there succeeds. */
    private Named delete(Caller caller, Named request) {
        windows.find(request.windowId()).ifPresent(window -> {
            windows.remove(window, caller);
            String id = window.id().value();
            tags.remove(
                    ResourceType.MAINTENANCE_WINDOW,
                    id,
                    tags.of(ResourceType.MAINTENANCE_WINDOW, id).keySet(),
                    caller.name());
        });
        return request;
    }

    private Shown get(Named request) {
        StoredWindow window = windows.existing(request.windowId());
        return Shown.of(window, next(window, windows.now()), true);
    }

    record Describe(
            @JsonProperty("Filters") List<WindowFilter> filters,
            @JsonProperty("MaxResults") Optional<Integer> maxResults,
            @JsonProperty("NextToken") Optional<String> nextToken) {
        Describe {
            filters = filters == null ? List.of() : List.copyOf(filters);
        }
    }

    record Described(
            @JsonProperty("WindowIdentities") List<Shown> windowIdentities,
            @JsonProperty("NextToken") Optional<String> nextToken) {}

    private Described describe(Describe request) {
        List<StoredWindow> wanted = windows.all().stream()
                .filter(WindowFilter.all(request.filters(), FILTERS))
                .toList();
        Paging.Cut<StoredWindow> page = Paging.of(wanted, request.nextToken(), WindowAccess.most(request.maxResults()));
        Instant now = windows.now();
        return new Described(
                page.entries().stream()
                        .map(window ->
                                Shown.of(window, next(window, now), false).withoutTargetsRule())
                        .toList(),
                page.nextToken());
    }

    private static Optional<String> next(StoredWindow window, Instant now) {
        return window.nextOpening(now).map(opening -> time(window, opening));
    }

    /** A time of a window's schedule, in the schedule's own time zone. */
    static String time(StoredWindow window, Instant opening) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                ZonedDateTime.ofInstant(opening, window.timing().zone()));
    }

    /** A window with what the operation at hand shows of it. */
    record Shown(
            @JsonProperty("WindowId") String windowId,
            @JsonProperty("Name") String name,
            @JsonProperty("Description") Optional<String> description,
            @JsonProperty("StartDate") Optional<String> startDate,
            @JsonProperty("EndDate") Optional<String> endDate,
            @JsonProperty("Schedule") String schedule,
            @JsonProperty("ScheduleTimezone") Optional<String> scheduleTimezone,
            @JsonProperty("ScheduleOffset") Optional<Integer> scheduleOffset,
            @JsonProperty("NextExecutionTime") Optional<String> nextExecutionTime,
            @JsonProperty("Duration") int duration,
            @JsonProperty("Cutoff") int cutoff,
            @JsonProperty("AllowUnassociatedTargets") Optional<Boolean> allowUnassociatedTargets,
            @JsonProperty("Enabled") boolean enabled,
            @JsonProperty("CreatedDate") Optional<Instant> createdDate,
            @JsonProperty("ModifiedDate") Optional<Instant> modifiedDate) {

        static Shown of(StoredWindow window, Optional<String> next, boolean dates) {
            WindowTerms terms = window.terms();
            return new Shown(
                    window.id().value(),
                    terms.name(),
                    terms.description(),
                    terms.start(),
                    terms.end(),
                    terms.schedule(),
                    terms.zone(),
                    terms.offset(),
                    next,
                    terms.hours(),
                    terms.cutoff(),
                    Optional.of(terms.unassociatedTargets()),
                    terms.enabled(),
                    Optional.of(window.createdAt()).filter(date -> dates),
                    Optional.of(window.modifiedAt()).filter(date -> dates));
        }

        Shown withoutTargetsRule() {
            return new Shown(
                    windowId,
                    name,
                    description,
                    startDate,
                    endDate,
                    schedule,
                    scheduleTimezone,
                    scheduleOffset,
                    nextExecutionTime,
                    duration,
                    cutoff,
                    Optional.empty(),
                    enabled,
                    createdDate,
                    modifiedDate);
        }
    }
}
