package io.patchway.run.step;

import io.patchway.patch.Patch;
import io.patchway.run.InstallPlan;
import io.patchway.run.InstallProgress.Meaning;
import io.patchway.run.Operation;
import io.patchway.run.PatchRequest.WindowSpan;
import io.patchway.run.RebootOption;
import io.patchway.run.RunMemory;
import io.patchway.run.RunPolicy;
import io.patchway.run.RunState;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.scan.RebootVote;
import io.patchway.scan.ScanResult;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides what a server run does after a scan: reboot, install another round, or end with a verdict. */
public final class NextMove {
    private final RunPolicy policy;
    private final Clock clock;

    public NextMove(RunPolicy policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * @param memory the run's memory, what the last round installed included
     * @param rest what is approved and still missing
     */
    Transition after(ServerRun run, RunMemory memory, InstallPlan rest, ScanResult scan) {
        Situation now = new Situation(run, memory, rest, scan, clock.instant());
        if (run.request().operation() == Operation.SCAN) {
            return now.end(RunState.SUCCEEDED, now.missing() + " approved and missing");
        }
        if (memory.lastInstall().equals(Optional.of(Meaning.NO_SPACE)) && now.missing() > 0) {
            return now.end(RunState.FAILED, "no space left on the server; not rebooted");
        }
        if (memory.lastInstall().equals(Optional.of(Meaning.LOCKED)) && now.missing() > 0) {
            return now.end(RunState.DEFERRED, "another package manager held the lock all the time");
        }
        if (run.isCancelled()) {
            return now.cancelled();
        }
        if (now.rebootIsDue()) {
            return policy.leavesRoomForReboot(run.request(), now.at())
                    ? now.reboot()
                    : now.end(now.pendingVerdict(), now.noRoomText());
        }
        if (now.missing() == 0) {
            return now.nothingMissing();
        }
        return now.stuck() ? now.stuckVerdict() : now.anotherRound();
    }

    /** Everything that the decision rests on. */
    private record Situation(ServerRun run, RunMemory memory, InstallPlan rest, ScanResult scan, Instant at) {

        int missing() {
            return rest.patches().size();
        }

        Set<String> missingVersions() {
            return rest.patches().stream().map(NextMove::versioned).collect(Collectors.toUnmodifiableSet());
        }

        boolean rebootWanted() {
            return scan.rebootNeeded()
                    || (run.request().rebootOption() == RebootOption.ALWAYS
                            && !memory.installedSinceBoot().isEmpty());
        }

        /** A reboot helps when something was installed since the last one, or was pending from before this run. */
        boolean rebootIsDue() {
            boolean restartOfToolFirst = memory.lastInstall().equals(Optional.of(Meaning.RUN_AGAIN))
                    && memory.plan().isPresent();
            boolean pendingFromBefore = missing() == 0 && memory.reboots() == 0;
            return rebootWanted()
                    && run.request().rebootOption() != RebootOption.NEVER
                    && !(restartOfToolFirst && missing() > 0 && !stuck())
                    && (!memory.installedSinceBoot().isEmpty() || pendingFromBefore);
        }

        boolean stuck() {
            return run.round() > 0 && memory.missingBefore().equals(missingVersions());
        }

        Transition reboot() {
            return Transition.to(
                    RunState.REBOOTING,
                    run,
                    memory.seenBoot(scan.host().bootId()).calm(),
                    at,
                    "reboot needed: " + votes());
        }

        Transition nothingMissing() {
            if (rebootWanted()) {
                return end(
                        RunState.SUCCEEDED_REBOOT_PENDING, "nothing approved is missing; a reboot is due: " + votes());
            }
            return end(RunState.SUCCEEDED, "verified: nothing approved is missing");
        }

        Transition anotherRound() {
            int next = run.round() + 1;
            if (run.round() >= run.request().maxRounds()) {
                return end(
                        RunState.NO_PROGRESS,
                        missing() + " still missing after " + run.round() + " rounds, the most that were allowed");
            }
            Optional<String> shut = run.request().window().flatMap(this::shut);
            if (shut.isPresent()) {
                return end(RunState.DEFERRED, missing() + " still missing" + shut.get());
            }
            return Transition.to(
                            RunState.INSTALLING,
                            run,
                            memory.planning(rest.with(memory.hooks().ofInstall()), missingVersions())
                                    .seenBoot(scan.host().bootId()),
                            at,
                            "round " + next + ": installing " + missing() + (missing() == 1 ? " patch" : " patches"))
                    .inRound(next);
        }

        /** Nothing begins on a server after the cutoff; where something has begun, rounds follow until the end. */
        private Optional<String> shut(WindowSpan window) {
            if (!at.isBefore(window.closes())) {
                return Optional.of(" when window " + window.name() + " closed");
            }
            return run.round() == 0 && !at.isBefore(window.cutoff())
                    ? Optional.of(": window " + window.name() + " lets nothing begin after " + window.cutoff())
                    : Optional.empty();
        }

        /** The same set is missing as before the round. */
        Transition stuckVerdict() {
            String still = missing() + " approved and still missing";
            if (memory.lastInstall().isEmpty()) {
                return anotherRound();
            }
            if (memory.lastInstall().get() == Meaning.DONE) {
                return end(RunState.NO_PROGRESS, still + ", although the package manager reported success");
            }
            RunState verdict = memory.installed().isEmpty() ? RunState.FAILED : RunState.PARTIAL;
            return end(verdict, still + ": " + memory.lastError().orElse("the install failed"));
        }

        /** Nothing more is begun on the server; what is done already is done. */
        Transition cancelled() {
            if (missing() == 0 && !rebootWanted()) {
                return nothingMissing();
            }
            String left = missing() + " approved and still missing" + (rebootWanted() ? "; a reboot is due" : "");
            return end(RunState.CANCELLED, run.clearance().reason() + "; " + left);
        }

        RunState pendingVerdict() {
            return missing() == 0 ? RunState.SUCCEEDED_REBOOT_PENDING : RunState.DEFERRED;
        }

        String noRoomText() {
            return "a reboot is due, but does not fit into the window any more: " + votes();
        }

        String votes() {
            String needed = scan.rebootVotes().stream()
                    .filter(vote -> vote.answer() == RebootVote.Answer.NEEDED)
                    .map(vote -> vote.detector())
                    .collect(Collectors.joining(", "));
            return needed.isEmpty() ? "asked for by the request" : needed;
        }

        Transition end(RunState verdict, String note) {
            return Transition.to(verdict, run, memory, at, note);
        }
    }

    private static String versioned(Patch patch) {
        return patch.key() + "=" + patch.version();
    }
}
