package io.patchway.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchway.aws.AwsCli.Refusal;
import java.util.List;

/** What people do with {@code aws ssm}, command by command. */
final class CommandLineTour {
    private static final String SECURITY = """
        {"PatchRules": [{"PatchFilterGroup": {"PatchFilters": [
          {"Key": "CLASSIFICATION", "Values": ["Security"]}]}, "ApproveAfterDays": 7, "ComplianceLevel": "HIGH"}]}
        """;

    private final AwsCli aws;

    CommandLineTour(AwsCli aws) {
        this.aws = aws;
    }

    /** Creates, changes, replaces, lists and deletes baselines. */
    void changeBaselines() {
        Sample sample = Sample.read();
        String id = text(
                aws.ssm(
                        "create-patch-baseline --name %s --operating-system WINDOWS --description '%s'",
                        Sample.NAME, Sample.DESCRIPTION),
                "BaselineId");
        JsonNode updated = aws.ssm("update-patch-baseline --cli-input-json '%s'", sample.requestFor(id));
        ObjectNode stored = (ObjectNode) aws.ssm("get-patch-baseline --baseline-id %s", id);
        assertThat(sample.inItsWords(updated)).isEqualTo(sample.response());
        assertThat(stored.remove("PatchGroups")).isEmpty();
        assertThat(stored).isEqualTo(updated);

        JsonNode replaced = aws.ssm("update-patch-baseline --baseline-id %s --name cli-replaced --replace", id);
        assertThat(replaced.has("Description")).isFalse();
        assertThat(replaced.at("/ApprovalRules/PatchRules")).isEmpty();
        assertThat(aws.refusal("update-patch-baseline --baseline-id %s --replace", id)
                        .code())
                .isEqualTo("ValidationException");

        String suse = text(
                aws.ssm(
                        "create-patch-baseline --name cli-suse --operating-system SUSE --approval-rules '%s'",
                        SECURITY),
                "BaselineId");
        JsonNode listed = aws.ssm(
                "describe-patch-baselines --filters Key=NAME_PREFIX,Values=cli- Key=OWNER,Values=Self --page-size 1");
        assertThat(listed.findValuesAsText("BaselineId")).contains(id, suse);
        aws.ssm("delete-patch-baseline --baseline-id %s", id);
        assertThat(aws.refusal("get-patch-baseline --baseline-id %s", id).code())
                .isEqualTo("DoesNotExistException");
    }

    /** Gives a baseline to a patch group, and makes it the default of its operating system for a while. */
    void registerBaselines() {
        String create = "create-patch-baseline --name %s --operating-system AMAZON_LINUX_2";
        String first = text(aws.ssm(create, "cli-first"), "BaselineId");
        String second = text(aws.ssm(create, "cli-second"), "BaselineId");
        String register = "register-patch-baseline-for-patch-group --baseline-id %s --patch-group cli-web";
        aws.ssm(register, first);
        assertThat(aws.refusal(register, second))
                .isEqualTo(new Refusal(
                        "AlreadyExistsException",
                        "Patch Group baseline already has a baseline registered for OperatingSystem AMAZON_LINUX_2."));
        assertThat(aws.ssm("describe-patch-groups --filters Key=NAME_PREFIX,Values=cli-web")
                        .at("/Mappings/0/BaselineIdentity/BaselineName")
                        .textValue())
                .isEqualTo("cli-first");
        assertThat(aws.refusal("delete-patch-baseline --baseline-id %s", first))
                .isEqualTo(new Refusal(
                        "ResourceInUseException", "PatchBaseline to be deleted is used for Patch Group: cli-web"));
        aws.ssm("deregister-patch-baseline-for-patch-group --baseline-id %s --patch-group cli-web", first);

        String read = "get-default-patch-baseline --operating-system AMAZON_LINUX_2";
        String predefined = text(aws.ssm(read), "BaselineId");
        aws.ssm("register-default-patch-baseline --baseline-id %s", second);
        assertThat(text(aws.ssm(read), "BaselineId")).isEqualTo(second);
        assertThat(text(
                        aws.ssm("get-patch-baseline-for-patch-group --patch-group cli-web"
                                + " --operating-system AMAZON_LINUX_2"),
                        "BaselineId"))
                .isEqualTo(second);
        aws.ssm("register-default-patch-baseline --baseline-id %s", predefined);
    }

    /** Plans a window with a target and a task, looks at it and takes it apart. */
    void planWindow() {
        String window = text(
                aws.ssm("create-maintenance-window --name cli-sunday --schedule 'cron(0 2 ? * SUN *)'"
                        + " --schedule-timezone Europe/Berlin --duration 3 --cutoff 1"
                        + " --no-allow-unassociated-targets --tags Key=team,Value=web"),
                "WindowId");
        String target = text(
                aws.ssm(
                        "register-target-with-maintenance-window --window-id %s --resource-type INSTANCE"
                                + " --targets 'Key=tag:Patch Group,Values=cli-nobody' --name cli-nobody",
                        window),
                "WindowTargetId");
        String task = text(
                aws.ssm(
                        "register-task-with-maintenance-window --window-id %s --targets Key=WindowTargetIds,Values=%s"
                                + " --task-type RUN_COMMAND --task-arn AWS-RunPatchBaseline"
                                + " --max-concurrency 50%% --max-errors 1 --task-invocation-parameters"
                                + " '{\"RunCommand\": {\"Parameters\": {\"Operation\": [\"Scan\"]}}}'",
                        window, target),
                "WindowTaskId");

        JsonNode stored = aws.ssm("get-maintenance-window --window-id %s", window);
        assertThat(text(stored, "NextExecutionTime")).contains("T02:00");
        assertThat(stored.get("Enabled").booleanValue()).isTrue();
        assertThat(aws.ssm("describe-maintenance-window-schedule --window-id %s --max-items 3", window)
                        .get("ScheduledWindowExecutions"))
                .hasSize(3);
        assertThat(aws.ssm("get-maintenance-window-task --window-id %s --window-task-id %s", window, task)
                        .at("/TaskInvocationParameters/RunCommand/Parameters/Operation/0")
                        .textValue())
                .isEqualTo("Scan");
        assertThat(aws.ssm("list-tags-for-resource --resource-type MaintenanceWindow --resource-id %s", window)
                        .at("/TagList/0/Value")
                        .textValue())
                .isEqualTo("web");
        String deregister = "deregister-target-from-maintenance-window --window-id %s --window-target-id %s --safe";
        assertThat(aws.refusal(deregister, window, target).code()).isEqualTo("TargetInUseException");
        aws.ssm("delete-maintenance-window --window-id %s", window);
        assertThat(aws.refusal("get-maintenance-window --window-id %s", window))
                .isEqualTo(new Refusal("DoesNotExistException", "Maintenance window ID does not exist"));
    }

    /** Scans and patches a server that may not reboot, and reads what it has then. */
    void patch(String server) {
        String node = text(
                aws.ssm("describe-instance-information --query"
                        + " \"InstanceInformationList[?Name=='%s'] | [0]\"".formatted(server)),
                "InstanceId");
        String baseline = text(
                aws.ssm(
                        "create-patch-baseline --name cli-rocky --operating-system ROCKY_LINUX"
                                + " --approval-rules '%s'",
                        SECURITY),
                "BaselineId");
        aws.ssm("register-patch-baseline-for-patch-group --baseline-id %s --patch-group cli-rocky", baseline);
        aws.ssm(
                "add-tags-to-resource --resource-type ManagedInstance --resource-id %s"
                        + " --tags 'Key=Patch Group,Value=cli-rocky'",
                node);

        run(node, "--targets 'Key=tag:Patch Group,Values=cli-rocky' --parameters Operation=Scan");
        String missing = "describe-instance-patches --instance-id %s --filters Key=State,Values=Missing";
        assertThat(aws.ssm(missing, node).findValuesAsText("KBId"))
                .containsExactlyInAnyOrder("curl.x86_64", "libwebp.x86_64", "sudo.x86_64");

        run(node, "--instance-ids " + node + " --parameters Operation=Install,RebootOption=NoReboot");
        JsonNode state = aws.ssm("describe-instance-patch-states --instance-ids %s", node)
                .at("/InstancePatchStates/0");
        assertThat(List.of(text(state, "Operation"), text(state, "BaselineId"), text(state, "PatchGroup")))
                .containsExactly("Install", baseline, "cli-rocky");
        assertThat(aws.ssm(missing, node).get("Patches")).isEmpty();
        assertThat(aws.ssm(
                                "describe-instance-patches --instance-id %s --filters"
                                        + " Key=State,Values=InstalledPendingReboot",
                                node)
                        .findValuesAsText("KBId"))
                .containsExactlyInAnyOrder("curl.x86_64", "libwebp.x86_64", "sudo.x86_64");
        assertThat(text(
                        aws.ssm("list-resource-compliance-summaries --query"
                                + " \"ResourceComplianceSummaryItems[?ResourceId=='%s'] | [0]\"".formatted(node)),
                        "Status"))
                .isEqualTo("NON_COMPLIANT");
    }

    private void run(String node, String words) {
        String command = aws.ssm("send-command --document-name AWS-RunPatchBaseline " + words)
                .at("/Command/CommandId")
                .textValue();
        aws.ssm("wait command-executed --command-id %s --instance-id %s", command, node);
        assertThat(text(aws.ssm("get-command-invocation --command-id %s --instance-id %s", command, node), "Status"))
                .isEqualTo("Success");
    }

    private static String text(JsonNode object, String member) {
        return object.required(member).textValue();
    }
}
