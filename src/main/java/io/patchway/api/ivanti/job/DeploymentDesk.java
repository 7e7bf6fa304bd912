package io.patchway.api.ivanti.job;

import com.github.f4b6a3.uuid.UuidCreator;
import io.patchway.api.ivanti.Body;
import io.patchway.api.ivanti.IvantiCall;
import io.patchway.api.ivanti.IvantiRefusal;
import io.patchway.api.ivanti.template.DeployTemplate;
import io.patchway.api.ivanti.template.DeployTemplates;
import io.patchway.api.ivanti.template.TemplateBaselines;
import io.patchway.api.ivanti.template.TemplateBaselines.Wanted;
import io.patchway.console.Job;
import io.patchway.console.JobKind;
import io.patchway.console.JobMachine;
import io.patchway.console.JobStatus;
import io.patchway.console.JobTarget;
import io.patchway.console.Jobs;
import io.patchway.run.Operation;
import io.patchway.run.PatchOverride.ServerBaselines;
import io.patchway.run.ScanRecord;
import io.patchway.scan.HostProduct;
import io.patchway.server.ServerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Starts deployments. One of a scan installs on each machine the packages that the scan found missing there, each in
 * the newest version that is on offer by then, and nothing else; one of machines installs what their own patch
 * baselines approve.
 */
public final class DeploymentDesk {
    private final Jobs jobs;
    private final JobDesk desk;
    private final JobTargets targets;
    private final DeployTemplates templates;
    private final Predicate<UUID> credentials;

    /** What is to be done on whom. */
    private record Plan(
            String name, Optional<UUID> scan, List<JobTarget> machines, Optional<ServerBaselines> approved) {}

    /** @param credentials whether there is a credential with this id */
    public DeploymentDesk(
            Jobs jobs, JobDesk desk, JobTargets targets, DeployTemplates templates, Predicate<UUID> credentials) {
        this.jobs = jobs;
        this.desk = desk;
        this.targets = targets;
        this.templates = templates;
        this.credentials = credentials;
    }

    /** @throws IvantiRefusal when the call breaks a rule; nothing is started then */
    JobStatus start(IvantiCall call) {
        Body body = call.body();
        Optional<UUID> scan = body.guid("scanId");
        UUID templateId = body.requiredGuid("templateId");
        List<String> endpoints = body.texts("endpointNames");
        List<Integer> groups = body.numbers("machineGroupIds");
        Optional<String> name = body.text("name");
        DeployTemplate template = templates
                .find(templateId)
                .orElseThrow(() -> IvantiRefusal.of(
                        "templateId", "names the deployment template " + templateId + ", which there is not"));
        body.guid("credentialId").filter(credentials.negate()).ifPresent(id -> {
            throw IvantiRefusal.of("credentialId", "names the credential " + id + ", which there is not");
        });
        boolean namesMachines = !endpoints.isEmpty() || !groups.isEmpty();
        if (scan.isPresent() == namesMachines) {
            throw new IvantiRefusal(
                    400, "Either scanId or machines (endpointNames, machineGroupIds) must be given, and not both.");
        }
        Plan plan = scan.map(id -> ofScan(id, name))
                .orElseGet(() -> new Plan(
                        name.orElse("Deployment"), Optional.empty(), targets.of(endpoints, groups), Optional.empty()));
        Job job = new Job(
                UuidCreator.getTimeOrderedEpoch(),
                JobKind.DEPLOYMENT,
                plan.name(),
                template.id(),
                plan.scan(),
                call.user().name(),
                desk.clock().instant(),
                Map.of());
        return desk.start(
                job,
                plan.machines(),
                new JobDesk.Work(Operation.INSTALL, template.content().reboot(), plan.approved(), false));
    }

    private Plan ofScan(UUID id, Optional<String> name) {
        JobStatus scan = jobs.find(id)
                .filter(job -> job.job().kind() == JobKind.SCAN && !job.deleted())
                .orElseThrow(() -> IvantiRefusal.of("scanId", "names the patch scan " + id + ", which there is not"));
        if (!scan.complete()) {
            throw new IvantiRefusal(409, "The scan " + id + " is not complete yet.");
        }
        List<JobTarget> machines = new ArrayList<>();
        List<Wanted> wanted = new ArrayList<>();
        for (JobMachine machine : jobs.machines(id, false)) {
            Optional<ServerId> server = machine.target().server();
            Optional<ScanRecord> findings =
                    machine.found().filter(found -> found.missing() > 0).flatMap(found -> jobs.findings(found.scan()));
            if (server.isPresent() && findings.isPresent()) {
                machines.add(new JobTarget(machine.target().endpoint(), server, 0, ""));
                wanted(server.get(), findings.get()).ifPresent(wanted::add);
            }
        }
        return new Plan(
                name.orElse(scan.job().name()),
                Optional.of(id),
                machines,
                Optional.of(TemplateBaselines.ofPackages("scan " + scan.job().name(), wanted)));
    }

    private static Optional<Wanted> wanted(ServerId server, ScanRecord findings) {
        List<String> packages = findings.evaluation().missing().stream()
                .map(patch -> patch.key().toString())
                .toList();
        return HostProduct.of(findings.scan().host())
                .map(product -> new Wanted(server, product.operatingSystem(), packages));
    }
}
