package io.patchway.run;

import io.patchway.audit.AuditLog;
import io.patchway.run.PatchRequest.WindowSpan;
import io.patchway.run.RequestForm.Origin;
import io.patchway.window.MaintenanceWindow;
import io.patchway.window.MaintenanceWindow.Opening;
import io.patchway.window.MissedPolicy;
import io.patchway.window.WindowLedger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Opens a maintenance window when it is due, once for all nodes together, and deals with openings that nobody was there
 * to see.
 *
 * <p>The request is handed in before the opening is marked as dealt with. A node that dies in between leaves the
 * opening to the next look, and the request's fingerprint keeps that look from handing it in twice.
 */
public final class WindowOpener {
    private static final Logger LOG = LoggerFactory.getLogger(WindowOpener.class);
    private static final int MOST_AT_ONCE = 500;

    private final Map<String, WindowTask> tasks;
    private final RequestDesk desk;
    private final WindowLedger ledger;
    private final AuditLog audit;
    private final Clock clock;
    private final Duration punctual;

    /**
     * @param punctual how late an opening may be noticed and still count as on time; longer than the time between looks
     */
    public WindowOpener(
            List<WindowTask> tasks,
            RequestDesk desk,
            WindowLedger ledger,
            AuditLog audit,
            Clock clock,
            Duration punctual) {
        this.tasks =
                tasks.stream().collect(Collectors.toMap(task -> task.window().name(), Function.identity()));
        this.desk = desk;
        this.ledger = ledger;
        this.audit = audit;
        this.clock = clock;
        this.punctual = punctual;
    }

    /** Looks at a window once. Openings count from the minute of the first look ever. */
    public void openIfDue(String name) {
        WindowTask task = tasks.get(name);
        MaintenanceWindow window = task.window();
        Instant now = clock.instant();
        ledger.forgetMissed(window.name(), now);
        Instant last = ledger.lastOpening(window.name(), now).orElseGet(() -> firstSeen(window, now));
        List<Opening> due = window.openingsBetween(last, now, MOST_AT_ONCE);
        for (int i = 0; i < due.size(); i++) {
            boolean newest = i == due.size() - 1;
            dealWith(task, due.get(i), newest, now);
        }
    }

    private Instant firstSeen(MaintenanceWindow window, Instant now) {
        Instant before = now.truncatedTo(ChronoUnit.MINUTES).minusSeconds(1);
        ledger.claimOpening(window.name(), before, "FIRST_SEEN");
        return before;
    }

    private void dealWith(WindowTask task, Opening opening, boolean newest, Instant now) {
        boolean late = opening.opens().plus(punctual).isBefore(now);
        boolean opens = !late || mayOpenLate(task.window(), opening, newest, now);
        if (!opens) {
            miss(task.window(), opening);
            return;
        }
        Outcome outcome = request(task, opening, late);
        if (ledger.claimOpening(task.window().name(), opening.opens(), outcome.word())) {
            LOG.atLevel(outcome.level())
                    .log("Maintenance window {} of {}: {}", task.window().name(), opening.opens(), outcome.text());
            if (outcome.refused()) {
                record("window.refused", task.window(), opening, outcome.text());
            }
        }
    }

    private static boolean mayOpenLate(MaintenanceWindow window, Opening opening, boolean newest, Instant now) {
        return newest && window.missed() == MissedPolicy.RUN_LATE && now.isBefore(opening.cutoff());
    }

    private void miss(MaintenanceWindow window, Opening opening) {
        if (ledger.claimOpening(window.name(), opening.opens(), "MISSED")) {
            LOG.warn(
                    "Maintenance window {} of {} was missed and is not opened (missed: {}, cutoff {})",
                    window.name(),
                    opening.opens(),
                    window.missed().word(),
                    opening.cutoff());
            record(
                    "window.missed",
                    window,
                    opening,
                    "missed: " + window.missed().word());
        }
    }

    private void record(String action, MaintenanceWindow window, Opening opening, String detail) {
        audit.record(AuditLog.PATCHWAY, action, "window " + window.name() + " of " + opening.opens(), detail);
    }

    private Outcome request(WindowTask task, Opening opening, boolean late) {
        String name = task.window().name();
        Origin origin = new Origin(
                "window " + name,
                "window " + name,
                Optional.of(Fingerprint.of("window", name, opening.opens().toString())),
                Optional.of(new WindowSpan(name, opening.opens(), opening.cutoff(), opening.closes())));
        try {
            Receipt receipt = desk.accept(task.request(), origin);
            String refused = receipt.refusals().isEmpty() ? "" : "; " + receipt.refusals();
            return receipt.request()
                    .map(id -> new Outcome(late ? "OPENED_LATE" : "OPENED", "request " + id + refused))
                    .orElseGet(() -> new Outcome("REFUSED", "nothing was requested" + refused));
        } catch (RefusedRequestException e) {
            return new Outcome("REFUSED", "nothing was requested: " + e.field() + ": " + e.getMessage());
        }
    }

    /** What became of an opening: the ledger's word for it, and a sentence for the log. */
    private record Outcome(String word, String text) {
        boolean refused() {
            return word.equals("REFUSED");
        }

        Level level() {
            return refused() ? Level.WARN : Level.INFO;
        }
    }
}
