package io.patchway.api.ivanti.job;

import io.patchway.api.ivanti.PatchIds;
import io.patchway.console.JobMachine;
import io.patchway.patch.PackageKey;
import io.patchway.patch.Patch;
import io.patchway.run.PatchChange;
import io.patchway.run.PatchChange.Outcome;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunState;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * How far one patch of a deployment is on one machine.
 *
 * @param finishedOn left out until it is done with
 * @param nativeCode 0 for what was installed, 1 for what was not
 * @param overallState Scheduled, Executing, Complete or Failed
 * @param status one of the original's words for it
 */
record PatchState(
        String bulletinId,
        Optional<Instant> finishedOn,
        boolean hasExecuted,
        String kb,
        Instant lastUpdated,
        int nativeCode,
        String overallState,
        String overallStateDescription,
        UUID patchId,
        Instant scheduledOn,
        Optional<Instant> startedOn,
        String status,
        String statusDescription) {

    /** A step on the way of a patch, in the words of the original. */
    private record Step(String status, String description, String overall, boolean executed) {}

    private static final Step FIXED =
            new Step("VerifiedFixed", "Successfully installed", DeploymentModels.COMPLETE, true);
    private static final Step FAILED = new Step("Failed", "Failed", DeploymentModels.FAILED, true);

    /** When things happened on the machine. */
    record Times(Instant scheduled, Instant updated, Optional<Instant> started, Optional<Instant> ended) {
        static Times of(Instant scheduled, JobMachine machine) {
            Optional<Instant> ended = machine.run().flatMap(RunReport::endedAt);
            Instant updated = ended.or(machine::stateSince).orElse(scheduled);
            return new Times(scheduled, updated, machine.run().flatMap(RunReport::startedAt), ended);
        }
    }

    /** A patch that a round has come to an end with. */
    static PatchState of(PatchChange change, String distribution, String kb, Times times) {
        Step step = change.outcome() == Outcome.INSTALLED ? FIXED : FAILED;
        String bulletin = change.advisories().stream().findFirst().orElse("");
        return state(bulletin, kb, PatchIds.patch(distribution, change.key(), change.after()), step, times)
                .saying(change.reason());
    }

    /** A patch that the scan found missing and that no round has come to an end with. */
    static PatchState of(Patch patch, String distribution, RunState run, Times times) {
        return state(
                PatchIds.bulletin(patch),
                PatchIds.kb(patch.key(), patch.version()),
                id(distribution, patch.key(), patch.version().text()),
                step(run),
                times);
    }

    private static UUID id(String distribution, PackageKey key, String version) {
        return PatchIds.patch(distribution, key, version);
    }

    private static Step step(RunState run) {
        return switch (run) {
            case QUEUED, WAITING_WINDOW, PRECHECK, SCANNING -> new Step("Scheduled", "Scheduled", "Scheduled", false);
            case INSTALLING, OPERATING -> new Step("Executing", "Executing", "Executing", false);
            case REBOOTING, WAITING_FOR_RETURN ->
                new Step("ExecutedRebootPending", "Executed (reboot pending)", "Executing", true);
            case VERIFYING -> new Step("Executed", "Executed", "Executing", true);
            case CANCELLED -> new Step("Cancelled", "Cancelled", DeploymentModels.FAILED, false);
            case UNKNOWN -> new Step("UnableToVerify", "Unable to verify", DeploymentModels.FAILED, true);
            case SUCCEEDED, SUCCEEDED_REBOOT_PENDING ->
                new Step(
                        "VerifiedFixed",
                        "Not missing any more, or replaced by a newer patch",
                        DeploymentModels.COMPLETE,
                        false);
            case FAILED, PARTIAL, DEFERRED, NO_PROGRESS -> FAILED;
        };
    }

    private static PatchState state(String bulletin, String kb, UUID id, Step step, Times times) {
        boolean done = step.overall().equals(DeploymentModels.COMPLETE)
                || step.overall().equals(DeploymentModels.FAILED);
        return new PatchState(
                bulletin,
                done ? Optional.of(times.updated()) : Optional.empty(),
                step.executed(),
                kb,
                times.updated(),
                step.overall().equals(DeploymentModels.FAILED) ? 1 : 0,
                step.overall(),
                step.overall(),
                id,
                times.scheduled(),
                times.started(),
                step.status(),
                step.description());
    }

    private PatchState saying(String reason) {
        return reason.isEmpty()
                ? this
                : new PatchState(
                        bulletinId,
                        finishedOn,
                        hasExecuted,
                        kb,
                        lastUpdated,
                        nativeCode,
                        overallState,
                        overallStateDescription,
                        patchId,
                        scheduledOn,
                        startedOn,
                        status,
                        statusDescription + ": " + reason);
    }
}
