package io.patchway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DoesNotExistException;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.GetMaintenanceWindowTaskResponse;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowFilter;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowResourceType;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTarget;
import software.amazon.awssdk.services.ssm.model.MaintenanceWindowTaskType;
import software.amazon.awssdk.services.ssm.model.OperatingSystem;
import software.amazon.awssdk.services.ssm.model.PatchBaselineIdentity;
import software.amazon.awssdk.services.ssm.model.PatchFilter;
import software.amazon.awssdk.services.ssm.model.PatchFilterKey;
import software.amazon.awssdk.services.ssm.model.PatchOrchestratorFilter;
import software.amazon.awssdk.services.ssm.model.PatchRule;
import software.amazon.awssdk.services.ssm.model.PatchRuleGroup;
import software.amazon.awssdk.services.ssm.model.ResourceInUseException;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.Tag;
import software.amazon.awssdk.services.ssm.model.Target;

/**
 * The calls that Terraform's AWS provider makes, in its order: for a patch baseline, the default of an operating
 * system, a patch group, and a maintenance window with a target and a task. What was created or changed is read back
 * each time, with its tags, and must be what was asked for: anything else would be a plan that never ends.
 */
final class TerraformSequence {
    private static final OperatingSystem SYSTEM = OperatingSystem.ALMA_LINUX;
    private static final String GROUP = "terraform-web";
    private static final String SCHEDULE = "cron(0 16 ? * TUE *)";
    private static final Tag TEAM = Tag.builder().key("team").value("web").build();
    private static final Tag STAGE =
            Tag.builder().key("stage").value("production").build();

    private final SsmClient ssm;
    private String baseline;
    private String window;
    private String target;
    private String task;

    TerraformSequence(SsmClient ssm) {
        this.ssm = ssm;
    }

    /** {@code terraform apply} of everything. */
    void create() {
        baseline = ssm.createPatchBaseline(request -> request.name("terraform-alma")
                        .operatingSystem(SYSTEM)
                        .approvedPatchesComplianceLevel("UNSPECIFIED")
                        .approvalRules(rules(7))
                        .tags(TEAM))
                .baselineId();
        assertThat(baseline).matches("pb-[0-9a-f]{17}");
        GetPatchBaselineResponse stored = readBaseline();
        assertThat(stored.approvalRules()).isEqualTo(rules(7));
        assertThat(stored.description()).isNull();
        assertThat(tags(ResourceTypeForTagging.PATCH_BASELINE, baseline)).containsExactly(TEAM);

        assertThat(readBaseline().operatingSystem()).isEqualTo(SYSTEM);
        ssm.registerDefaultPatchBaseline(request -> request.baselineId(baseline));
        assertThat(readDefault()).isEqualTo(baseline);

        ssm.registerPatchBaselineForPatchGroup(
                request -> request.baselineId(baseline).patchGroup(GROUP));
        assertThat(groupsOfTheBaseline()).containsExactly(GROUP);

        window = ssm.createMaintenanceWindow(request -> request.name("terraform-window")
                        .schedule(SCHEDULE)
                        .duration(3)
                        .cutoff(1)
                        .allowUnassociatedTargets(false)
                        .scheduleTimezone("Europe/Berlin")
                        .startDate("2040-01-01T00:00:00Z")
                        .tags(TEAM))
                .windowId();
        ssm.updateMaintenanceWindow(request -> request.windowId(window).enabled(false));
        GetMaintenanceWindowResponse planned = readWindow();
        assertThat(planned.enabled()).isFalse();
        assertThat(planned.startDate()).isEqualTo("2040-01-01T00:00:00Z");
        assertThat(planned.scheduleOffset()).isNull();
        assertThat(tags(ResourceTypeForTagging.MAINTENANCE_WINDOW, window)).containsExactly(TEAM);

        target = ssm.registerTargetWithMaintenanceWindow(request -> request.windowId(window)
                        .resourceType(MaintenanceWindowResourceType.INSTANCE)
                        .name("terraform-target")
                        .targets(target("tag:Patch Group", GROUP)))
                .windowTargetId();
        assertThat(readTarget().targets()).singleElement().satisfies(each -> {
            assertThat(each.key()).isEqualTo("tag:Patch Group");
            assertThat(each.values()).containsExactly(GROUP);
        });

        task = ssm.registerTaskWithMaintenanceWindow(request -> request.windowId(window)
                        .taskType(MaintenanceWindowTaskType.RUN_COMMAND)
                        .taskArn("AWS-RunPatchBaseline")
                        .maxConcurrency("2")
                        .maxErrors("1")
                        .priority(1)
                        .targets(target("WindowTargetIds", target))
                        .taskInvocationParameters(parameters -> parameters.runCommand(command ->
                                command.timeoutSeconds(600).parameters(Map.of("Operation", List.of("Scan"))))))
                .windowTaskId();
        assertThat(readTask().taskInvocationParameters().runCommand().parameters())
                .isEqualTo(Map.of("Operation", List.of("Scan")));
        assertThat(readTask().taskInvocationParameters().runCommand().timeoutSeconds())
                .isEqualTo(600);
    }

    /** {@code terraform apply} after everything that can be changed in place was changed. */
    void change() {
        ssm.removeTagsFromResource(request -> request.resourceType(ResourceTypeForTagging.PATCH_BASELINE)
                .resourceId(baseline)
                .tagKeys("team"));
        ssm.addTagsToResource(request -> request.resourceType(ResourceTypeForTagging.PATCH_BASELINE)
                .resourceId(baseline)
                .tags(STAGE));
        ssm.updatePatchBaseline(request -> request.baselineId(baseline)
                .approvalRules(rules(14))
                .description("of Terraform")
                .rejectedPatches("kernel*"));
        GetPatchBaselineResponse stored = readBaseline();
        assertThat(stored.approvalRules()).isEqualTo(rules(14));
        assertThat(stored.rejectedPatches()).containsExactly("kernel*");
        assertThat(stored.name()).isEqualTo("terraform-alma");
        assertThat(tags(ResourceTypeForTagging.PATCH_BASELINE, baseline)).containsExactly(STAGE);

        ssm.updateMaintenanceWindow(request -> request.windowId(window)
                .name("terraform-window")
                .schedule(SCHEDULE)
                .duration(4)
                .cutoff(1)
                .allowUnassociatedTargets(false)
                .enabled(true)
                .replace(true));
        GetMaintenanceWindowResponse planned = readWindow();
        assertThat(planned.duration()).isEqualTo(4);
        assertThat(planned.enabled()).isTrue();
        assertThat(planned.scheduleTimezone()).isNull();
        assertThat(planned.startDate()).isNull();

        ssm.updateMaintenanceWindowTarget(request -> request.windowId(window)
                .windowTargetId(target)
                .ownerInformation("web team")
                .targets(target("tag:Patch Group", GROUP, "terraform-db")));
        assertThat(readTarget().ownerInformation()).isEqualTo("web team");
        assertThat(readTarget().name()).isEqualTo("terraform-target");

        ssm.updateMaintenanceWindowTask(request -> request.windowId(window)
                .windowTaskId(task)
                .taskArn("AWS-RunPatchBaseline")
                .priority(0)
                .maxConcurrency("50%")
                .maxErrors("1")
                .targets(target("WindowTargetIds", target))
                .taskInvocationParameters(parameters ->
                        parameters.runCommand(command -> command.parameters(Map.of("Operation", List.of("Install")))))
                .replace(true));
        GetMaintenanceWindowTaskResponse changed = readTask();
        assertThat(changed.maxConcurrency()).isEqualTo("50%");
        assertThat(changed.priority()).isZero();
        assertThat(changed.taskType()).isEqualTo(MaintenanceWindowTaskType.RUN_COMMAND);
        assertThat(changed.taskInvocationParameters().runCommand().parameters())
                .isEqualTo(Map.of("Operation", List.of("Install")));
        assertThat(changed.taskInvocationParameters().runCommand().timeoutSeconds())
                .isNull();
    }

    /** {@code terraform import}: a baseline by its ARN, a target and a task by their ids and that of their window. */
    void importAgain() {
        String arn = "arn:aws:ssm:us-east-2:000000000000:patchbaseline/" + baseline;
        assertThat(ssm.getPatchBaseline(request -> request.baselineId(arn)).name())
                .isEqualTo(readBaseline().name());
        assertThat(readDefault()).isEqualTo(baseline);
        assertThat(readTarget().windowId()).isEqualTo(window);
        assertThat(readTask().windowId()).isEqualTo(window);
    }

    /** {@code terraform destroy}: what depends on something goes first. */
    void destroy() {
        ssm.deregisterTaskFromMaintenanceWindow(
                request -> request.windowId(window).windowTaskId(task));
        ssm.deregisterTargetFromMaintenanceWindow(
                request -> request.windowId(window).windowTargetId(target));
        ssm.deleteMaintenanceWindow(request -> request.windowId(window));
        ssm.deregisterPatchBaselineForPatchGroup(
                request -> request.baselineId(baseline).patchGroup(GROUP));
        assertThatThrownBy(() -> ssm.deletePatchBaseline(request -> request.baselineId(baseline)))
                .isInstanceOf(ResourceInUseException.class);
        String predefined = predefined();
        ssm.registerDefaultPatchBaseline(request -> request.baselineId(predefined));
        ssm.deletePatchBaseline(request -> request.baselineId(baseline));

        assertThat(readDefault()).isEqualTo(predefined);
        assertThat(groupsOfTheBaseline()).isEmpty();
        assertThatThrownBy(this::readBaseline).isInstanceOf(DoesNotExistException.class);
        assertThatThrownBy(this::readWindow).isInstanceOf(DoesNotExistException.class);
        assertThatThrownBy(this::readTask).isInstanceOf(DoesNotExistException.class);
    }

    private GetPatchBaselineResponse readBaseline() {
        return ssm.getPatchBaseline(request -> request.baselineId(baseline));
    }

    private String readDefault() {
        return ssm.getDefaultPatchBaseline(request -> request.operatingSystem(SYSTEM))
                .baselineId();
    }

    private List<String> groupsOfTheBaseline() {
        return ssm.describePatchGroupsPaginator().mappings().stream()
                .filter(mapping -> mapping.baselineIdentity().baselineId().equals(baseline))
                .map(mapping -> mapping.patchGroup())
                .toList();
    }

    private GetMaintenanceWindowResponse readWindow() {
        return ssm.getMaintenanceWindow(request -> request.windowId(window));
    }

    private MaintenanceWindowTarget readTarget() {
        return ssm.describeMaintenanceWindowTargets(request -> request.windowId(window)
                        .filters(MaintenanceWindowFilter.builder()
                                .key("WindowTargetId")
                                .values(target)
                                .build()))
                .targets()
                .getFirst();
    }

    private GetMaintenanceWindowTaskResponse readTask() {
        return ssm.getMaintenanceWindowTask(request -> request.windowId(window).windowTaskId(task));
    }

    private List<Tag> tags(ResourceTypeForTagging type, String id) {
        return ssm.listTagsForResource(request -> request.resourceType(type).resourceId(id))
                .tagList();
    }

    /** The baseline that the operating system had at first: the only one of its kind, or the provider gives up. */
    private String predefined() {
        PatchOrchestratorFilter system = PatchOrchestratorFilter.builder()
                .key("OPERATING_SYSTEM")
                .values(SYSTEM.toString())
                .build();
        PatchOrchestratorFilter owner =
                PatchOrchestratorFilter.builder().key("OWNER").values("AWS").build();
        return ssm.describePatchBaselinesPaginator(request -> request.filters(system, owner)).stream()
                .flatMap(page -> page.baselineIdentities().stream())
                .filter(each -> each.baselineName().matches("AWS-[0-9A-Za-z]+PatchBaseline"))
                .map(PatchBaselineIdentity::baselineId)
                .reduce((one, other) -> {
                    throw new AssertionError("there are two predefined baselines: " + one + " and " + other);
                })
                .orElseThrow();
    }

    private static Target target(String key, String... values) {
        return Target.builder().key(key).values(values).build();
    }

    private static PatchRuleGroup rules(int days) {
        PatchRule rule = PatchRule.builder()
                .approveAfterDays(days)
                .complianceLevel("HIGH")
                .enableNonSecurity(false)
                .patchFilterGroup(group -> group.patchFilters(
                        filter(PatchFilterKey.CLASSIFICATION, "Security"),
                        filter(PatchFilterKey.SEVERITY, "Critical", "Important")))
                .build();
        return PatchRuleGroup.builder().patchRules(rule).build();
    }

    private static PatchFilter filter(PatchFilterKey key, String... values) {
        return PatchFilter.builder().key(key).values(values).build();
    }
}
