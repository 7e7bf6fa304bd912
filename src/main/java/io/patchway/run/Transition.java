package io.patchway.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one step decided: the next state, when to look again, and what to record. The ledger commits all of it or
 * nothing.
 *
 * @param dueAt when the next step is due; of no meaning for an ended state
 * @param deadline when the next state ends with a verdict of its own; of an ended state: until when its server is
 *     looked for, see {@link #lookingOutUntil}
 * @param note the line for the time line; empty for a look that found nothing new
 * @param changes what became of patches in this step; replaces earlier entries of the same round, package and version
 * @param scan a scan to keep
 * @param maintenanceUntil the server enters maintenance mode with this step, until then at most; empty: nothing is
 *     changed about that
 */
public record Transition(
        RunState next,
        int round,
        Instant dueAt,
        Optional<Instant> deadline,
        RunMemory memory,
        Optional<String> note,
        List<PatchChange> changes,
        Optional<ScanRecord> scan,
        Optional<Instant> maintenanceUntil) {

    public Transition {
        changes = List.copyOf(changes);
    }

    /** A step that changes nothing about maintenance mode. */
    public Transition(
            RunState next,
            int round,
            Instant dueAt,
            Optional<Instant> deadline,
            RunMemory memory,
            Optional<String> note,
            List<PatchChange> changes,
            Optional<ScanRecord> scan) {
        this(next, round, dueAt, deadline, memory, note, changes, scan, Optional.empty());
    }

    /** Stays in the state of {@code run} and looks again after {@code pause}. */
    public static Transition again(ServerRun run, RunMemory memory, Instant now, Duration pause) {
        return new Transition(
                run.state(),
                run.round(),
                now.plus(pause),
                run.deadline(),
                memory,
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** Goes to {@code next} at once. */
    public static Transition to(RunState next, ServerRun run, RunMemory memory, Instant now, String note) {
        return new Transition(
                next, run.round(), now, Optional.empty(), memory, Optional.of(note), List.of(), Optional.empty());
    }

    /** The same step, but it leads elsewhere. */
    public Transition leadingTo(RunState other, RunMemory newMemory) {
        return new Transition(other, round, dueAt, deadline, newMemory, note, changes, scan, maintenanceUntil);
    }

    public Transition noting(String newNote) {
        return new Transition(
                next, round, dueAt, deadline, memory, Optional.of(newNote), changes, scan, maintenanceUntil);
    }

    public Transition inRound(int newRound) {
        return new Transition(next, newRound, dueAt, deadline, memory, note, changes, scan, maintenanceUntil);
    }

    public Transition notBefore(Instant newDueAt) {
        return new Transition(next, round, newDueAt, deadline, memory, note, changes, scan, maintenanceUntil);
    }

    public Transition endingBy(Instant newDeadline) {
        return new Transition(
                next, round, dueAt, Optional.of(newDeadline), memory, note, changes, scan, maintenanceUntil);
    }

    /** The server did not return: it is looked for from {@code first} on, although the run has ended. */
    public Transition lookingOutUntil(Instant first, Instant until) {
        return notBefore(first).endingBy(until);
    }

    public Transition recording(List<PatchChange> newChanges) {
        return new Transition(next, round, dueAt, deadline, memory, note, newChanges, scan, maintenanceUntil);
    }

    public Transition keeping(ScanRecord newScan) {
        return new Transition(
                next, round, dueAt, deadline, memory, note, changes, Optional.of(newScan), maintenanceUntil);
    }

    /** The server enters maintenance mode with this step. */
    public Transition enteringMaintenance(Instant until) {
        return new Transition(next, round, dueAt, deadline, memory, note, changes, scan, Optional.of(until));
    }
}
