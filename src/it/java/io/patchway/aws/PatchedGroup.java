package io.patchway.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowExecution;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowResourceType;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTaskType;
import software.amazon.awssdk.services.ssm.model.PatchComplianceData;
import software.amazon.awssdk.services.ssm.model.PatchComplianceDataState;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.Tag;
import software.amazon.awssdk.services.ssm.model.Target;

/** A patch group of real hosts, seen and changed through the AWS SDK for Java alone. */
final class PatchedGroup {
    private static final String NAME = "real hosts";
    private static final Tag TAG = Tag.builder().key("Patch Group").value(NAME).build();
    private static final Target MEMBERS =
            Target.builder().key("tag:Patch Group").values(NAME).build();

    private final SsmClient ssm;
    private final Map<String, String> baselines = new HashMap<>();

    PatchedGroup(SsmClient ssm) {
        this.ssm = ssm;
    }

    /** Creates the baseline of a host, which approves openssl alone, and takes both into the group. */
    void add(HostBaseline member) {
        String baseline = ssm.createPatchBaseline(request -> request.name("real-" + member.system())
                        .operatingSystem(member.system())
                        .approvedPatches("openssl"))
                .baselineId();
        baselines.put(member.host().name(), baseline);
        ssm.registerPatchBaselineForPatchGroup(
                request -> request.baselineId(baseline).patchGroup(NAME));
        ssm.addTagsToResource(request -> request.resourceType(ResourceTypeForTagging.MANAGED_INSTANCE)
                .resourceId(node(member))
                .tags(TAG));
    }

    /** Changes the baseline of a host to what it shall say in the end. */
    void widen(HostBaseline member) {
        ssm.updatePatchBaseline(
                request -> request.baselineId(baselines.get(member.host().name()))
                        .approvalRules(member.wide())
                        .rejectedPatches(member.kernel()));
    }

    /** Scans all members by one command, and waits for each. */
    void scan(List<HostBaseline> members) {
        String command = ssm.sendCommand(request -> request.documentName("AWS-RunPatchBaseline")
                        .targets(MEMBERS)
                        .parameters(Map.of("Operation", List.of("Scan"))))
                .command()
                .commandId();
        try (var waiter = ssm.waiter()) {
            for (HostBaseline member : members) {
                waiter.waitUntilCommandExecuted(
                        request -> request.commandId(command).instanceId(node(member)),
                        override -> override.maxAttempts(120)
                                .backoffStrategyV2(BackoffStrategy.fixedDelay(Duration.ofSeconds(1))));
            }
        }
    }

    /** Plans a window that installs on all members, and moves it to a few seconds from now once its task is there. */
    String windowThatInstalls() {
        String window = ssm.createMaintenanceWindow(request -> request.name("real-hosts")
                        .schedule("cron(0 2 ? * SUN *)")
                        .duration(2)
                        .cutoff(1)
                        .allowUnassociatedTargets(false))
                .windowId();
        String target = ssm.registerTargetWithMaintenanceWindow(request -> request.windowId(window)
                        .resourceType(MaintenanceWindowResourceType.INSTANCE)
                        .targets(MEMBERS))
                .windowTargetId();
        ssm.registerTaskWithMaintenanceWindow(request -> request.windowId(window)
                .taskType(MaintenanceWindowTaskType.RUN_COMMAND)
                .taskArn("AWS-RunPatchBaseline")
                .maxConcurrency("100%")
                .maxErrors("0")
                .targets(Target.builder().key("WindowTargetIds").values(target).build())
                .taskInvocationParameters(parameters ->
                        parameters.runCommand(command -> command.parameters(Map.of("Operation", List.of("Install"))))));
        String soon =
                Instant.now().plusSeconds(15).truncatedTo(ChronoUnit.SECONDS).toString();
        ssm.updateMaintenanceWindow(request -> request.windowId(window).schedule("at(" + soon.replace("Z", "") + ")"));
        return window;
    }

    Optional<MaintenanceWindowExecution> execution(String window) {
        return ssm.describeMaintenanceWindowExecutions(request -> request.windowId(window)).windowExecutions().stream()
                .findFirst();
    }

    /** Names of the host's packages in this state. */
    List<String> packages(HostBaseline member, PatchComplianceDataState state) {
        return ssm.describeInstancePatchesPaginator(request -> request.instanceId(node(member))).patches().stream()
                .filter(patch -> patch.state() == state)
                .map(PatchComplianceData::kbId)
                .map(name -> name.substring(0, name.lastIndexOf('.')))
                .toList();
    }

    private String node(HostBaseline member) {
        return ssm.describeInstanceInformationPaginator().stream()
                .flatMap(page -> page.instanceInformationList().stream())
                .filter(each -> member.host().name().equals(each.name()))
                .findFirst()
                .map(InstanceInformation::instanceId)
                .orElseThrow();
    }
}
