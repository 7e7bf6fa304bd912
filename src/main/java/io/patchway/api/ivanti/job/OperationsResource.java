package io.patchway.api.ivanti.job;

import io.patchway.access.Role;
import io.patchway.api.ivanti.IvantiCall;
import io.patchway.api.ivanti.IvantiRefusal;
import io.patchway.api.ivanti.IvantiResource;
import io.patchway.api.ivanti.IvantiRoutes;
import io.patchway.api.ivanti.Links.Base;
import io.patchway.audit.AuditLog;
import io.patchway.console.JobKind;
import io.patchway.console.JobStatus;
import io.patchway.console.JobStatus.HandIn;
import io.patchway.console.Jobs;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** {@code /operations}: how far scans and deployments are. An operation has the id of what it works on. */
public final class OperationsResource implements IvantiResource {
    private static final String PATH = "operations";
    private static final String ONE = PATH + "/{operation}";
    private static final String WORD = "operation";
    private static final int ALL = 100;
    private static final String LOST =
            "Patchway was stopped before the work could begin; nothing was done. Start it again.";

    private final Jobs jobs;
    private final JobDesk desk;
    private final AuditLog audit;

    public OperationsResource(Jobs jobs, JobDesk desk, AuditLog audit) {
        this.jobs = jobs;
        this.desk = desk;
        this.audit = audit;
    }

    @Override
    public void addTo(IvantiRoutes routes) {
        routes.get(ONE, call -> call.answer(model(job(call), call.links())))
                .add("DELETE", ONE, Role.OPERATOR, this::cancel)
                .add("DELETE", ONE + "/{credential}", Role.OPERATOR, this::cancel);
    }

    /** The address of an operation. */
    static String path(UUID id) {
        return PATH + "/" + id;
    }

    private JobStatus job(IvantiCall call) {
        UUID id = call.guid("operation", WORD);
        return jobs.find(id).orElseThrow(() -> IvantiRefusal.unknown(WORD, id));
    }

    /** One that has ended already is left as it is. */
    private void cancel(IvantiCall call) {
        JobStatus job = job(call);
        if (job.handIn() == HandIn.AWAITED) {
            throw new IvantiRefusal(409, "The operation is being started; try again in a moment.");
        }
        if (!job.complete() && !job.cancelled()) {
            desk.cancel(job, call.user().name());
            audit.record(
                    call.user().name(),
                    "operation.cancelled",
                    WORD + " " + job.job().id(),
                    "");
        }
        call.done();
    }

    /** @param errorDescription Patchway's addition: why it failed as a whole */
    private record Model(
            Instant created,
            Instant lastAction,
            String operation,
            int percentComplete,
            Optional<String> errorDescription,
            Optional<String> resourceLocation,
            String status) {}

    private static Model model(JobStatus status, Base links) {
        UUID id = status.job().id();
        boolean scan = status.job().kind() == JobKind.SCAN;
        String resource = links.to(scan ? ScansResource.path(id) : DeploymentsResource.path(id));
        return new Model(
                status.job().startedAt(),
                status.updatedAt(),
                scan ? "PatchScan" : "PatchDeployment",
                percent(status),
                Optional.of(LOST).filter(reason -> status.handIn() == HandIn.LOST),
                Optional.of(resource).filter(address -> !status.deleted()),
                word(status));
    }

    /** Scripts wait for 100, and read the results then. */
    private static int percent(JobStatus status) {
        if (status.complete()) {
            return ALL;
        }
        return Math.min(ALL - 1, ALL * status.received() / Math.max(1, status.expected()));
    }

    /** Scripts wait as long as this is Running; nothing else may be said before the end. */
    private static String word(JobStatus status) {
        if (!status.complete()) {
            return "Running";
        }
        if (status.handIn() == HandIn.LOST) {
            return "Failed";
        }
        return status.cancelled() ? "Canceled" : "Succeeded";
    }
}
