package io.patchway.api.ivanti.job;

import io.patchway.access.Role;
import io.patchway.api.ivanti.Envelope;
import io.patchway.api.ivanti.IvantiCall;
import io.patchway.api.ivanti.IvantiRefusal;
import io.patchway.api.ivanti.IvantiResource;
import io.patchway.api.ivanti.IvantiRoutes;
import io.patchway.api.ivanti.Query;
import io.patchway.console.JobKind;
import io.patchway.console.JobMachine;
import io.patchway.console.JobStatus;
import io.patchway.console.Jobs;
import io.patchway.console.Jobs.Selection;
import io.patchway.run.ScanRecord;
import io.patchway.server.Inventory;
import io.patchway.server.ServerId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code /patch/deployments}: patches that are installed, and a scan that verifies it. */
public final class DeploymentsResource implements IvantiResource {
    private static final String PATH = "patch/deployments";
    private static final String ONE = PATH + "/{deployment}";
    private static final String WORD = "patch deployment";
    private static final int USUAL_COUNT = 10;

    private final Jobs jobs;
    private final DeploymentDesk desk;
    private final JobDesk jobDesk;
    private final DeploymentModels models;

    public DeploymentsResource(
            Jobs jobs, DeploymentDesk desk, JobDesk jobDesk, Inventory inventory, ConsoleName console) {
        this.jobs = jobs;
        this.desk = desk;
        this.jobDesk = jobDesk;
        this.models = new DeploymentModels(console, inventory);
    }

    @Override
    public void addTo(IvantiRoutes routes) {
        routes.get(PATH, this::list)
                .add("POST", PATH, Role.OPERATOR, this::start)
                .get(ONE, call -> call.answer(models.deployment(deployment(call), call.links())))
                .add("DELETE", ONE, Role.OPERATOR, this::delete)
                .get(ONE + "/machines", this::machines)
                .get(ONE + "/machines/{machine}", this::machine);
    }

    /** The address of a deployment. */
    static String path(UUID id) {
        return PATH + "/" + id;
    }

    private JobStatus deployment(IvantiCall call) {
        UUID id = call.guid("deployment", WORD);
        return jobs.find(id)
                .filter(job -> job.job().kind() == JobKind.DEPLOYMENT && !job.deleted())
                .orElseThrow(() -> IvantiRefusal.unknown(WORD, id));
    }

    private void list(IvantiCall call) {
        Query query = call.query();
        int count = query.count(USUAL_COUNT);
        int start = query.start();
        Selection selection = new Selection(
                query.text("name"),
                query.truth("createdByMe")
                        .filter(mine -> mine)
                        .map(mine -> call.user().name()),
                query.time("onOrAfter"),
                query.time("onOrBefore"));
        List<JobStatus> found = jobs.list(JobKind.DEPLOYMENT, selection, start, count + 1);
        Optional<Integer> next = found.size() > count ? Optional.of(start + count) : Optional.empty();
        call.answer(Envelope.page(
                call,
                PATH,
                count,
                next,
                found.stream()
                        .limit(count)
                        .map(one -> models.deployment(one, call.links()))
                        .toList()));
    }

    private void start(IvantiCall call) {
        JobStatus deployment = desk.start(call);
        UUID id = deployment.job().id();
        call.header("Operation-Location", call.links().to(OperationsResource.path(id)))
                .header("Location", call.links().to(path(id)))
                .answer(202, models.deployment(deployment, call.links()));
    }

    /** Ends one that runs where it can end; a transaction of a package manager is never cut off. */
    private void delete(IvantiCall call) {
        JobStatus deployment = deployment(call);
        jobDesk.delete(deployment, call.user().name());
        call.done();
    }

    private void machines(IvantiCall call) {
        JobStatus deployment = deployment(call);
        Map<ServerId, Long> scans = scans(deployment);
        call.answer(Envelope.whole(jobs.machines(deployment.job().id(), true).stream()
                .map(machine -> models.machine(deployment, machine, planned(machine, scans), call.links()))
                .toList()));
    }

    private void machine(IvantiCall call) {
        JobStatus deployment = deployment(call);
        int id = call.number("machine", "machine in this deployment");
        JobMachine machine = jobs.machine(deployment.job().id(), id)
                .orElseThrow(() -> IvantiRefusal.unknown("machine in this deployment", id));
        call.answer(models.machine(deployment, machine, planned(machine, scans(deployment)), call.links()));
    }

    /** The scans of the servers in the job that the deployment is of. */
    private Map<ServerId, Long> scans(JobStatus deployment) {
        Map<ServerId, Long> scans = new HashMap<>();
        deployment
                .job()
                .scan()
                .map(scan -> jobs.machines(scan, false))
                .orElse(List.of())
                .forEach(machine -> machine.found()
                        .ifPresent(found ->
                                machine.target().server().ifPresent(server -> scans.put(server, found.scan()))));
        return scans;
    }

    private Optional<ScanRecord> planned(JobMachine machine, Map<ServerId, Long> scans) {
        return machine.target().server().map(scans::get).flatMap(jobs::findings);
    }
}
