package io.patchway.api.ivanti.job;

import io.patchway.api.ivanti.Links.Base;
import io.patchway.api.ivanti.PatchIds;
import io.patchway.api.ivanti.template.DeployTemplatesResource;
import io.patchway.console.JobMachine;
import io.patchway.console.JobMachine.Found;
import io.patchway.console.JobStatus;
import io.patchway.console.group.MachineNames;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import io.patchway.patch.VersionScheme;
import io.patchway.run.PatchChange;
import io.patchway.run.PatchChange.Outcome;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunState;
import io.patchway.run.ScanRecord;
import io.patchway.scan.HostFacts;
import io.patchway.server.Inventory;
import io.patchway.server.PatchFamily;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Deployments and their machines as answers tell them. */
final class DeploymentModels {
    static final String COMPLETE = "Complete";
    static final String FAILED = "Failed";

    private final ConsoleName console;
    private final Inventory inventory;

    DeploymentModels(ConsoleName console, Inventory inventory) {
        this.console = console;
        this.inventory = inventory;
    }

    /** A deployment. */
    record Deployment(
            int completedMachineCount,
            String creator,
            int expectedMachineCount,
            UUID id,
            boolean isComplete,
            Instant lastUpdatedOn,
            Map<String, Map<String, String>> links,
            String name,
            Instant startedOn) {}

    Deployment deployment(JobStatus status, Base links) {
        String self = DeploymentsResource.path(status.job().id());
        return new Deployment(
                status.received(),
                console.qualified(status.job().user()),
                status.expected(),
                status.job().id(),
                status.complete(),
                status.updatedAt(),
                Map.of(
                        "self", links.href(self),
                        "machines", links.href(self + "/machines"),
                        "template",
                                links.href(DeployTemplatesResource.path(
                                        status.job().template()))),
                status.job().name(),
                status.job().startedAt());
    }

    /** A machine of a deployment. */
    record Machine(
            String address,
            int completedPatches,
            String domain,
            Optional<String> errorDescription,
            Optional<Integer> errorNumber,
            int id,
            Instant lastUpdated,
            Map<String, Map<String, String>> links,
            String name,
            String overallState,
            List<PatchState> patchStates,
            String statusDescription) {}

    /** @param planned what the scan found on it that the deployment is of */
    Machine machine(JobStatus deployment, JobMachine machine, Optional<ScanRecord> planned, Base links) {
        MachineError error = MachineError.of(machine);
        PatchState.Times times = PatchState.Times.of(deployment.job().startedAt(), machine);
        List<PatchState> states = states(machine, planned, times);
        String called = machine.target().endpoint();
        return new Machine(
                machine.target()
                        .server()
                        .flatMap(inventory::find)
                        .map(MachineNames::host)
                        .orElse(called),
                (int) states.stream()
                        .filter(state -> state.overallState().equals(COMPLETE))
                        .count(),
                MachineNames.isFullName(called) ? MachineNames.domainOf(called) : "",
                Optional.of(error.description()).filter(text -> !text.isEmpty()),
                Optional.of(error.number()).filter(number -> number != 0),
                machine.id(),
                times.updated(),
                Map.of(
                        "self",
                        links.href(DeploymentsResource.path(deployment.job().id()) + "/machines/" + machine.id())),
                MachineNames.shortName(called),
                overallState(machine, error),
                states,
                description(machine, error));
    }

    private static String overallState(JobMachine machine, MachineError error) {
        if (error.number() != 0) {
            return FAILED;
        }
        return machine.received()
                ? COMPLETE
                : running(machine.run().orElseThrow().state());
    }

    private static String running(RunState state) {
        return state == RunState.QUEUED || state == RunState.WAITING_WINDOW ? "Scheduled" : "Executing";
    }

    private static String description(JobMachine machine, MachineError error) {
        return error.number() != 0
                ? error.description()
                : machine.run()
                        .map(run -> switch (run.state()) {
                            case SUCCEEDED -> "Successfully installed; a scan has verified it";
                            case SUCCEEDED_REBOOT_PENDING -> "Successfully installed; a reboot is due";
                            case QUEUED, WAITING_WINDOW -> "Scheduled";
                            case REBOOTING, WAITING_FOR_RETURN -> "Executed (reboot pending)";
                            default -> "Executing";
                        })
                        .orElse("");
    }

    private static List<PatchState> states(JobMachine machine, Optional<ScanRecord> planned, PatchState.Times times) {
        String distribution = planned.map(scan -> scan.scan().host().osId())
                .or(() -> machine.found().flatMap(Found::host).map(HostFacts::osId))
                .orElse("");
        boolean debian = planned.map(scan -> scan.scan().family() == PatchFamily.APT)
                .or(() -> machine.found()
                        .flatMap(Found::host)
                        .map(host -> host.packageManager().startsWith("apt")))
                .orElse(false);
        Map<PackageKey, PatchState> states = new LinkedHashMap<>();
        RunState run = machine.run().map(RunReport::state).orElse(RunState.FAILED);
        planned.map(scan -> scan.evaluation().missing())
                .orElse(List.of())
                .forEach((Patch patch) -> states.put(patch.key(), PatchState.of(patch, distribution, run, times)));
        machine.run().map(RunReport::changes).orElse(List.of()).stream()
                .filter(change -> change.outcome() == Outcome.INSTALLED || change.outcome() == Outcome.FAILED)
                .forEach(change ->
                        states.put(change.key(), PatchState.of(change, distribution, kb(change, debian), times)));
        return new ArrayList<>(states.values());
    }

    static String kb(PatchChange change, boolean debian) {
        if (change.key().arch().equals(PackageKey.WINDOWS)) {
            return change.key().name();
        }
        VersionScheme scheme = debian ? VersionScheme.DEB : VersionScheme.RPM;
        return PatchIds.kb(change.key(), new PackageVersion(scheme, change.after()));
    }
}
