package io.patchway.api.ivanti.job;

import com.github.f4b6a3.uuid.UuidCreator;
import io.patchway.access.Role;
import io.patchway.api.ivanti.IvantiCall;
import io.patchway.api.ivanti.IvantiRefusal;
import io.patchway.api.ivanti.template.ScanTemplate;
import io.patchway.api.ivanti.template.ScanTemplates;
import io.patchway.audit.AuditLog;
import io.patchway.console.Job;
import io.patchway.console.JobKind;
import io.patchway.console.JobStatus;
import io.patchway.console.JobTarget;
import io.patchway.run.Operation;
import io.patchway.run.RebootOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Starts patch scans. */
public final class ScanDesk {
    private final JobDesk desk;
    private final JobTargets targets;
    private final ScanTemplates templates;
    private final Predicate<UUID> credentials;
    private final AuditLog audit;

    /** @param credentials whether there is a credential with this id */
    public ScanDesk(
            JobDesk desk, JobTargets targets, ScanTemplates templates, Predicate<UUID> credentials, AuditLog audit) {
        this.desk = desk;
        this.targets = targets;
        this.templates = templates;
        this.credentials = credentials;
        this.audit = audit;
    }

    /** @throws IvantiRefusal when the call breaks a rule; nothing is started then */
    JobStatus start(IvantiCall call) {
        ScanOrder order = ScanOrder.read(call.body());
        ScanTemplate template = templates
                .find(order.template())
                .orElseThrow(() -> IvantiRefusal.of(
                        "templateId", "names the patch scan template " + order.template() + ", which there is not"));
        order.credentialId().filter(credentials.negate()).ifPresent(id -> {
            throw IvantiRefusal.of("credentialId", "names the credential " + id + ", which there is not");
        });
        List<JobTarget> machines = targets.of(order.endpoints(), order.groups());
        if (order.anyHostKey()) {
            call.needs(Role.ADMINISTRATOR, "To scan hosts whatever key they show");
        }
        Job job = new Job(
                UuidCreator.getTimeOrderedEpoch(),
                JobKind.SCAN,
                order.name(),
                template.id(),
                Optional.empty(),
                call.user().name(),
                desk.clock().instant(),
                order.options());
        if (order.anyHostKey()) {
            audit.record(
                    call.user().name(),
                    "scan.any-host-key",
                    "scan " + job.id(),
                    machines.size() + " machines are scanned whatever host key they show");
        }
        return desk.start(
                job,
                machines,
                new JobDesk.Work(
                        Operation.SCAN, RebootOption.NEVER, templates.baselines(template), order.anyHostKey()));
    }
}
