package io.patchway.api.ivanti.job;

import io.patchway.api.ivanti.IvantiRefusal;
import io.patchway.console.Job;
import io.patchway.console.JobStatus;
import io.patchway.console.JobTarget;
import io.patchway.console.Jobs;
import io.patchway.run.Operation;
import io.patchway.run.PatchOverride;
import io.patchway.run.PatchRequest;
import io.patchway.run.RebootOption;
import io.patchway.run.Receipt;
import io.patchway.run.Receipt.Refused;
import io.patchway.run.RefusedRequestException;
import io.patchway.run.RequestDesk;
import io.patchway.run.RequestForm;
import io.patchway.run.RequestForm.Origin;
import io.patchway.run.RequestId;
import io.patchway.run.RolloutLedger;
import io.patchway.run.SpecialOrders;
import io.patchway.run.TooBusyException;
import io.patchway.server.ServerId;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hands jobs in as patch requests. A job is taken down before its request, so that whatever runs is listed; the request
 * carries the job's identity, so that it is the only one.
 */
public final class JobDesk {
    private final Jobs jobs;
    private final RequestDesk desk;
    private final RolloutLedger rollouts;
    private final Clock clock;

    /** What is wanted of the servers of a job. */
    record Work(
            Operation operation, RebootOption reboot, Optional<? extends PatchOverride> override, boolean anyHostKey) {}

    public JobDesk(Jobs jobs, RequestDesk desk, RolloutLedger rollouts, Clock clock) {
        this.jobs = jobs;
        this.desk = desk;
        this.rollouts = rollouts;
        this.clock = clock;
    }

    Clock clock() {
        return clock;
    }

    /**
     * Starts a job.
     *
     * @throws IvantiRefusal when the request is refused as a whole; nothing is started then
     */
    JobStatus start(Job job, List<JobTarget> targets, Work work) {
        List<ServerId> servers =
                targets.stream().flatMap(target -> target.server().stream()).toList();
        jobs.begin(job, targets);
        if (!servers.isEmpty()) {
            handIn(job, servers, work);
        }
        return jobs.find(job.id()).orElseThrow();
    }

    private void handIn(Job job, List<ServerId> servers, Work work) {
        Origin origin =
                new Origin("ivanti " + job.name(), job.user(), Optional.of(job.fingerprint()), Optional.empty());
        if (isUnwanted(job)) {
            return;
        }
        try {
            Receipt receipt = desk.accept(form(servers, work), origin);
            if (isDeleted(job)) {
                receipt.request().ifPresent(request -> cancel(request, "deleted"));
            }
            for (Receipt.Answer answer : receipt.answers()) {
                if (answer instanceof Refused refused) {
                    jobs.refuse(
                            job.id(), new ServerId(refused.server()), MachineError.REFUSED, "It " + refused.reason());
                }
            }
        } catch (TooBusyException e) {
            jobs.forget(job.id());
            throw new IvantiRefusal(429, "There is too much to do already: " + e.getMessage());
        } catch (RefusedRequestException e) {
            jobs.forget(job.id());
            throw IvantiRefusal.of(e.field(), e.getMessage());
        }
    }

    /** Whether it was deleted, or given up for lost, before its work could be handed in. */
    private boolean isUnwanted(Job job) {
        return jobs.find(job.id())
                .filter(status -> !status.deleted() && !status.complete())
                .isEmpty();
    }

    private boolean isDeleted(Job job) {
        return jobs.find(job.id()).filter(JobStatus::deleted).isPresent();
    }

    private static RequestForm form(List<ServerId> servers, Work work) {
        return new RequestForm(
                work.operation(),
                work.reboot(),
                PatchRequest.DEFAULT_MAX_ROUNDS,
                servers.stream().map(ServerId::value).toList(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of(),
                Optional.empty(),
                new SpecialOrders(work.override().map(PatchOverride.class::cast), Optional.empty())
                        .orAnyHostKey(work.anyHostKey()));
    }

    /** Starts nothing further; what is under way ends at the next point where it can. */
    void cancel(JobStatus job, String actor) {
        if (!job.complete()) {
            job.request().ifPresent(request -> cancel(request, "cancelled by " + actor));
        }
    }

    private void cancel(RequestId request, String reason) {
        rollouts.cancel(request, Set.of(), reason, clock.instant());
    }

    /**
     * Ends a job where it can end, and removes its results. Its request may come in meanwhile: whoever hands that in
     * looks for the deletion afterwards, and here is looked for the request after the deletion, so one sees the other.
     */
    void delete(JobStatus job, String actor) {
        cancel(job, actor);
        jobs.delete(job.job().kind(), job.job().id(), actor, clock.instant());
        jobs.find(job.job().id()).filter(status -> !status.cancelled()).ifPresent(status -> cancel(status, actor));
    }
}
