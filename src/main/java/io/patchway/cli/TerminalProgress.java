package io.patchway.cli;

import io.patchway.run.Operation;
import io.patchway.run.PatchChange;
import io.patchway.run.PatchChange.Outcome;
import io.patchway.run.RunState;
import io.patchway.run.RunWatcher;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.scan.ScanResult;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Prints each change of a server run as it happens, and what a scan found missing. */
public final class TerminalProgress implements RunWatcher {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final int MOST_PATCHES = 25;

    private final PrintStream out;
    private final Clock clock;
    private final ZoneId zone;

    public TerminalProgress(PrintStream out, Clock clock, ZoneId zone) {
        this.out = out;
        this.clock = clock;
        this.zone = zone;
    }

    @Override
    public void moved(ServerRun run, Transition transition) {
        transition.note().ifPresent(note -> {
            StringBuilder block = new StringBuilder(line(run, transition.next(), note));
            if (run.request().operation() == Operation.SCAN) {
                transition
                        .scan()
                        .ifPresent(record -> appendFindings(block, record.scan(), record.baseline(), transition));
            }
            print(block.toString());
        });
    }

    private void appendFindings(StringBuilder block, ScanResult scan, String baseline, Transition transition) {
        block.append("%n%-10s%s, %d packages installed; baseline %s; package metadata is %s old%n"
                .formatted(
                        "",
                        scan.host().osName(),
                        scan.installed().size(),
                        baseline,
                        scan.metadataAge()
                                .map(TerminalProgress::age)
                                .orElse("of unknown age, perhaps never fetched,")));
        List<PatchChange> missing = transition.changes().stream()
                .filter(change -> change.outcome() == Outcome.MISSING)
                .toList();
        missing.stream().limit(MOST_PATCHES).forEach(change -> block.append(patchLine(change)));
        if (missing.size() > MOST_PATCHES) {
            block.append("%-10s… and %d more%n".formatted("", missing.size() - MOST_PATCHES));
        }
        block.setLength(block.length() - System.lineSeparator().length());
    }

    private static String patchLine(PatchChange change) {
        String kind = (change.severity() + " " + change.classification()).strip();
        return "%-10smissing  %-32s %s -> %s  %s %s"
                        .formatted(
                                "",
                                change.key(),
                                change.before().orElse("(new)"),
                                change.after(),
                                kind,
                                String.join(" ", change.cves()))
                        .stripTrailing()
                + System.lineSeparator();
    }

    private String line(ServerRun run, RunState state, String note) {
        LocalTime now = LocalTime.ofInstant(clock.instant(), zone);
        return "%s  %-24s %-18s %s".formatted(TIME.format(now), run.server(), state, printable(note));
    }

    /** What a server said may hold anything; a terminal gets one plain line of it. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+", " ");
    }

    private static String age(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + " d";
        }
        return duration.toHours() > 0 ? duration.toHours() + " h" : duration.toMinutes() + " min";
    }

    private synchronized void print(String block) {
        out.println(block);
    }
}
