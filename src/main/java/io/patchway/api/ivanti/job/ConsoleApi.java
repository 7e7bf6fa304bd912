package io.patchway.api.ivanti.job;

import io.patchway.api.ivanti.ConsoleResource;
import io.patchway.api.ivanti.IvantiResource;
import io.patchway.api.ivanti.machine.MachineGroups;
import io.patchway.api.ivanti.machine.MachineGroupsResource;
import io.patchway.api.ivanti.machine.MachinesResource;
import io.patchway.api.ivanti.template.DeployTemplates;
import io.patchway.api.ivanti.template.DeployTemplatesResource;
import io.patchway.api.ivanti.template.Offers;
import io.patchway.api.ivanti.template.PatchGroups;
import io.patchway.api.ivanti.template.PatchGroupsResource;
import io.patchway.api.ivanti.template.PatchesResource;
import io.patchway.api.ivanti.template.ScanTemplates;
import io.patchway.api.ivanti.template.ScanTemplatesResource;
import io.patchway.audit.AuditLog;
import io.patchway.console.ConsoleItems;
import io.patchway.console.Jobs;
import io.patchway.console.group.MachineFinder;
import io.patchway.run.RequestDesk;
import io.patchway.run.RolloutLedger;
import io.patchway.run.ScanHistory;
import io.patchway.server.Inventory;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Everything that is served behind the door, over what it works on.
 *
 * @param name what this console is called
 * @param version of this Patchway
 * @param ungrouped the same servers, in no group that people made here
 * @param credentials whether there is a credential with this id
 */
public record ConsoleApi(
        ConsoleName name,
        String version,
        Inventory inventory,
        Inventory ungrouped,
        RequestDesk requests,
        RolloutLedger rollouts,
        Jobs jobs,
        ConsoleItems items,
        ScanHistory scans,
        Predicate<UUID> credentials,
        AuditLog audit,
        Clock clock) {

    public List<IvantiResource> resources() {
        PatchGroups patchGroups = new PatchGroups(items, clock);
        ScanTemplates scanTemplates = new ScanTemplates(items, patchGroups, clock);
        DeployTemplates deployTemplates = new DeployTemplates(items, clock);
        MachineGroups machineGroups = new MachineGroups(items, ungrouped, clock);
        Offers offers = new Offers(scans, clock);
        JobTargets targets = new JobTargets(new MachineFinder(inventory), machineGroups);
        JobDesk desk = new JobDesk(jobs, requests, rollouts, clock);
        ScanDesk scanDesk = new ScanDesk(desk, targets, scanTemplates, credentials, audit);
        DeploymentDesk deploymentDesk = new DeploymentDesk(jobs, desk, targets, deployTemplates, credentials);
        return List.of(
                new ScansResource(jobs, scanDesk, desk, name),
                new DeploymentsResource(jobs, deploymentDesk, desk, inventory, name),
                new OperationsResource(jobs, desk, audit),
                new ScanTemplatesResource(scanTemplates),
                new DeployTemplatesResource(deployTemplates),
                new PatchGroupsResource(patchGroups, scanTemplates, offers),
                new PatchesResource(offers),
                new MachineGroupsResource(machineGroups),
                new MachinesResource(inventory, items, jobs, name.value()),
                new ConsoleResource(version));
    }
}
