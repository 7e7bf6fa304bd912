package io.patchway.run.window;

import io.patchway.audit.AuditLog;
import io.patchway.run.window.WindowExecutions.Opened;
import io.patchway.window.MaintenanceWindow.Opening;
import io.patchway.window.MissedPolicy;
import io.patchway.window.WindowLedger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a maintenance window when it is due, once for all nodes together, and deals with openings that nobody was there
 * to see. A window may also be opened by hand.
 *
 * <p>The execution is recorded before the opening is marked as dealt with. A node that dies in between leaves the
 * opening to the next look, which finds the execution by its id and does not record it again.
 */
public final class WindowOpener {
    private static final Logger LOG = LoggerFactory.getLogger(WindowOpener.class);
    private static final int MOST_AT_ONCE = 500;

    private final Windows windows;
    private final OpeningPlan plan;
    private final WindowExecutions executions;
    private final WindowRunner runner;
    private final WindowLedger ledger;
    private final AuditLog audit;
    private final Clock clock;
    private final Duration punctual;

    /**
     * @param punctual how late an opening may be noticed and still count as on time; longer than the time between looks
     */
    WindowOpener(
            Windows windows,
            OpeningPlan plan,
            WindowExecutions executions,
            WindowRunner runner,
            WindowLedger ledger,
            AuditLog audit,
            Clock clock,
            Duration punctual) {
        this.windows = windows;
        this.plan = plan;
        this.executions = executions;
        this.runner = runner;
        this.ledger = ledger;
        this.audit = audit;
        this.clock = clock;
        this.punctual = punctual;
    }

    /**
     * Looks at a window once; one that is gone by now is passed over. Openings of a window that is written in a file
     * count from the minute of the first look ever.
     */
    public void openIfDue(String key) {
        windows.withKey(key).ifPresent(this::look);
    }

    private void look(StoredWindow window) {
        Instant now = clock.instant();
        ledger.forgetMissed(window.key(), now);
        Instant last = later(
                ledger.lastOpening(window.key(), now).or(window::since).orElseGet(() -> firstSeen(window, now)),
                window.since());
        List<Opening> due = window.timing().openingsBetween(last, now, MOST_AT_ONCE);
        for (int i = 0; i < due.size(); i++) {
            boolean newest = i == due.size() - 1;
            dealWith(window, due.get(i), newest, now);
        }
    }

    private static Instant later(Instant one, Optional<Instant> other) {
        return other.filter(one::isBefore).orElse(one);
    }

    private Instant firstSeen(StoredWindow window, Instant now) {
        Instant before = now.truncatedTo(ChronoUnit.MINUTES).minusSeconds(1);
        ledger.claimOpening(window.key(), before, "FIRST_SEEN");
        return before;
    }

    private void dealWith(StoredWindow window, Opening opening, boolean newest, Instant now) {
        boolean late = opening.opens().plus(punctual).isBefore(now);
        boolean opens = !late || mayOpenLate(window, opening, newest, now);
        if (!opens) {
            miss(window, opening);
            return;
        }
        boolean skipped = open(window, opening) == Opened.OVERLAPS;
        if (ledger.claimOpening(window.key(), opening.opens(), skipped ? "SKIPPED" : late ? "OPENED_LATE" : "OPENED")) {
            LOG.info(
                    "Maintenance window {} of {} {}",
                    window.terms().name(),
                    opening.opens(),
                    skipped ? "is skipped: the previous execution is still in progress" : "opens");
        }
    }

    private Opened open(StoredWindow window, Opening opening) {
        finishOverdue(window);
        WindowExecution execution = plan.of(OpeningPlan.id(window, opening), window, opening, origin(window));
        Opened opened = executions.open(execution);
        if (opened == Opened.OVERLAPS) {
            executions.addEnded(execution.skipped());
        }
        return opened;
    }

    /** An execution whose time is over must not get in the way because nobody has looked at it yet. */
    private void finishOverdue(StoredWindow window) {
        executions
                .goingOn(window.id())
                .filter(execution ->
                        !clock.instant().isBefore(execution.opening().closes()))
                .ifPresent(execution -> runner.advance(execution.id()));
    }

    /**
     * Opens a window now, whatever its schedule says, for as long as it is always open. A window that is switched off
     * may be opened, too.
     *
     * @param actor who wants it
     * @return empty when an execution of the window is going on
     */
    public Optional<WindowExecution> openNow(StoredWindow window, String actor) {
        finishOverdue(window);
        Opening opening = window.timing().openingAt(clock.instant().truncatedTo(ChronoUnit.MILLIS));
        WindowExecution execution =
                plan.of(UUID.randomUUID(), window, opening, origin(window) + ", opened by " + actor);
        if (executions.open(execution) != Opened.NEW) {
            return Optional.empty();
        }
        audit.record(
                actor,
                "window.opened-by-hand",
                "window " + window.id(),
                window.terms().name() + ", execution " + execution.id() + " until " + opening.closes());
        return Optional.of(execution);
    }

    private static String origin(StoredWindow window) {
        return "window " + window.terms().name();
    }

    private static boolean mayOpenLate(StoredWindow window, Opening opening, boolean newest, Instant now) {
        return newest && window.timing().missed() == MissedPolicy.RUN_LATE && now.isBefore(opening.cutoff());
    }

    private void miss(StoredWindow window, Opening opening) {
        if (ledger.claimOpening(window.key(), opening.opens(), "MISSED")) {
            String name = window.terms().name();
            String policy = window.timing().missed().word();
            LOG.warn(
                    "Maintenance window {} of {} was missed and is not opened (missed: {}, cutoff {})",
                    name,
                    opening.opens(),
                    policy,
                    opening.cutoff());
            audit.record(
                    AuditLog.PATCHWAY,
                    "window.missed",
                    "window " + name + " of " + opening.opens(),
                    "missed: " + policy);
        }
    }
}
