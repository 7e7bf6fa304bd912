package io.patchway.config;

import io.patchway.config.document.BadDocumentException;
import io.patchway.config.document.DocumentReader;
import io.patchway.config.document.Fields;
import io.patchway.config.document.Kind;
import io.patchway.config.document.Problem;
import io.patchway.config.document.Problems;
import io.patchway.config.document.Value;
import io.patchway.run.RequestForm;
import io.patchway.run.window.FileWindow;
import io.patchway.window.MaintenanceWindow;
import io.patchway.window.MissedPolicy;
import io.patchway.window.RateSchedule;
import io.patchway.window.WindowSchedule;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads {@code config/windows/*.yaml}: one maintenance window in each file. */
public final class WindowsFile {
    private static final Kind<String> NAME = Kind.matching(
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{2,127}"),
            "3 to 128 letters, digits, '_', '-' or '.', beginning with a letter or digit");
    private static final Kind<WindowSchedule> SCHEDULE = Kind.line(1, 256).as(WindowSchedule::of);
    private static final Kind<ZoneId> ZONE = Kind.line(1, 64).as(WindowsFile::zone);
    private static final Kind<LocalDateTime> START = Kind.line(1, 32).as(WindowsFile::start);
    private static final Duration LONGEST = Duration.ofHours(24);

    private WindowsFile() {}

    /** Reads a folder; a file with a problem is left out. */
    public static Loaded<List<FileWindow>> load(Path folder) {
        Loaded<List<Named>> files = FolderReader.read(folder, ".yaml", file -> new Named(file, read(file)));
        List<Problem> problems = new ArrayList<>(files.problems());
        Map<String, Path> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        List<FileWindow> windows = new ArrayList<>();
        for (Named named : files.content()) {
            String name = named.window().window().name();
            Path elsewhere = names.putIfAbsent(name, named.file());
            if (elsewhere == null) {
                windows.add(named.window());
            } else {
                problems.add(
                        new Problem(named.file().toString(), 0, "name", "'" + name + "' is taken by " + elsewhere));
            }
        }
        return new Loaded<>(List.copyOf(windows), problems);
    }

    private static FileWindow read(Path file) throws BadDocumentException {
        Problems problems = new Problems(file.toString());
        List<String> allowed = new ArrayList<>(List.of(
                "name", "enabled", "schedule", "timezone", "start", "end", "duration", "cutoff", "missed", "targets"));
        allowed.addAll(RequestFields.WORK);
        Fields fields = Fields.root(DocumentReader.yaml().read(file), problems, allowed.toArray(String[]::new));
        Optional<MaintenanceWindow> window = window(fields);
        Optional<RequestForm> request = fields.requiredGroup("targets", RequestFields.TARGETS.toArray(String[]::new))
                .flatMap(targets -> RequestFields.read(fields, targets));
        problems.throwIfAny();
        return new FileWindow(file.toString(), window.orElseThrow(), request.orElseThrow());
    }

    private static Optional<MaintenanceWindow> window(Fields fields) {
        Optional<String> name = fields.required("name", NAME);
        Optional<WindowSchedule> schedule = fields.required("schedule", SCHEDULE);
        ZoneId zone = fields.required("timezone", ZONE).orElse(ZoneId.of("UTC"));
        Optional<LocalDateTime> start = fields.optional("start", START);
        Optional<LocalDateTime> end = fields.optional("end", START);
        Optional<Duration> duration = fields.required("duration", length(Duration.ofMinutes(1)));
        Duration cutoff = fields.optional("cutoff", length(Duration.ZERO)).orElse(Duration.ZERO);
        MissedPolicy missed = fields.optional("missed", Kind.word(MissedPolicy.class, MissedPolicy::word))
                .orElse(MissedPolicy.SKIP);
        boolean enabled = fields.optional("enabled", Kind.truth()).orElse(true);
        if (schedule.isPresent() && schedule.get() instanceof RateSchedule && !fields.has("start")) {
            fields.refuse("start", "is missing; a rate counts from there, such as 2026-01-04T02:00:00");
            return Optional.empty();
        }
        if (duration.isPresent() && cutoff.compareTo(duration.get()) > 0) {
            fields.refuse("cutoff", "must not be longer than the duration");
            return Optional.empty();
        }
        return name.flatMap(called -> schedule.flatMap(rule -> duration.map(
                length -> new MaintenanceWindow(called, rule, zone, start, end, length, cutoff, missed, enabled))));
    }

    private static Kind<Duration> length(Duration least) {
        return value -> {
            Duration length = value instanceof Value.Number
                    ? Duration.ofHours(Kind.integer(0, 24).read(value))
                    : Kind.line(1, 32).as(WindowsFile::isoDuration).read(value);
            if (length.compareTo(least) < 0 || length.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("must be from " + least + " to " + LONGEST + ", but is " + length);
            }
            return length;
        };
    }

    private static Duration isoDuration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("must be whole hours such as 3, or such as PT2H30M", e);
        }
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("must be a time zone such as Europe/London or UTC", e);
        }
    }

    private static LocalDateTime start(String text) {
        try {
            return LocalDateTime.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("must be a local time such as 2026-01-04T02:00:00", e);
        }
    }

    private record Named(Path file, FileWindow window) {}
}
