package io.patchway.api.ssm.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.api.ssm.NodeIds;
import io.patchway.api.ssm.SsmException;
import io.patchway.api.ssm.command.CommandMemo;
import io.patchway.rollout.Share;
import io.patchway.run.Operation;
import io.patchway.run.RebootOption;
import io.patchway.run.RunState;
import io.patchway.run.window.WindowWorld;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTaskOperationsTest {
    private static final String NOWHERE = "00000000-0000-0000-0000-000000000000";
    private static final String INSTALL =
            "'TaskInvocationParameters':{'RunCommand':{'Parameters':{'Operation':['Install'],"
                    + "'RebootOption':['NoReboot']}}}";

    private final WindowCalls calls = new WindowCalls(new WindowWorld(Instant.parse("2026-11-22T01:00:00Z")));
    private String window;
    private String target;

    @BeforeEach
    void aWindowWithOneTarget() {
        window = calls.call(
                        "CreateMaintenanceWindow",
                        "{'Name':'night','Schedule':'cron(0 2 ? * SUN *)','Duration':3,'Cutoff':1,"
                                + "'AllowUnassociatedTargets':false}")
                .get("WindowId")
                .asText();
        target = calls.call(
                        "RegisterTargetWithMaintenanceWindow",
                        "{" + inWindow() + ",'ResourceType':'INSTANCE','OwnerInformation':'web team',"
                                + "'Targets':[{'Key':'tag:Role','Values':['web']}]}")
                .get("WindowTargetId")
                .asText();
    }

    @Test
    void aTaskIsToldAgainAsItWasWrittenAndMeansAPatchRequest() {
        String task = register(onTarget() + "," + INSTALL + ",'MaxConcurrency':'10%','MaxErrors':'1','Priority':3,"
                + "'CutoffBehavior':'CANCEL_TASK','Name':'patch','Description':'all of it',"
                + "'ServiceRoleArn':'arn:aws:iam::1:role/x','LoggingInfo':{'S3BucketName':'logs','S3Region':'eu'}");

        assertThat(calls.call("GetMaintenanceWindowTask", inTask(task)).toString())
                .isEqualTo(("{'WindowId':'" + window + "','WindowTaskId':'" + task + "',"
                                + "'Targets':[{'Key':'WindowTargetIds','Values':['" + target + "']}],"
                                + "'TaskArn':'AWS-RunPatchBaseline','ServiceRoleArn':'arn:aws:iam::1:role/x',"
                                + "'TaskType':'RUN_COMMAND','TaskParameters':{}," + INSTALL + ",'Priority':3,"
                                + "'MaxConcurrency':'10%','MaxErrors':'1','LoggingInfo':{'S3BucketName':'logs',"
                                + "'S3Region':'eu'},'Name':'patch','Description':'all of it',"
                                + "'CutoffBehavior':'CANCEL_TASK'}")
                        .replace('\'', '"'));
        assertThat(calls.world.book.all().getFirst().tasks().getFirst().form()).satisfies(form -> {
            assertThat(form.operation()).isEqualTo(Operation.INSTALL);
            assertThat(form.rebootOption()).isEqualTo(RebootOption.NEVER);
            assertThat(form.rollout().orElseThrow().maxConcurrency()).contains(Share.of("10%"));
            assertThat(form.rollout().orElseThrow().errorBudget()).contains(Share.of(1));
            assertThat(form.namesServers()).isFalse();
            assertThat(CommandMemo.read(form.special().memo().orElseThrow()).documentName())
                    .as("it is listed as a command")
                    .isEqualTo("AWS-RunPatchBaseline");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'TaskType':'RUN_COMMAND','TaskArn':'AWS-RunPatchBaseline','TaskInvocationParameters':{'RunCommand':"
                        + "{'Parameters':{'Operation':['Scan']}}} | ValidationException"
                        + " | Please specify at least one target.",
                "TARGET,'TaskType':'RUN_COMMAND','TaskArn':'AWS-RunShellScript' | ValidationException"
                        + " | AWS-RunShellScript does not exist",
                "TARGET,'TaskType':'RUN_COMMAND','TaskArn':'AWS-RunPatchBaseline' | ValidationException | Operation",
                "TARGET,'TaskType':'RUN_COMMAND','TaskArn':'AWS-RunPatchBaseline','TaskInvocationParameters':"
                        + "{'RunCommand':{'Parameters':{'Operation':['Scan'],'RebootOption':['Maybe']}}}"
                        + " | ValidationException | RebootOption",
                "TARGET,'TaskType':'RUN_COMMAND','TaskArn':'AWS-RunPatchBaseline','TaskInvocationParameters':"
                        + "{'Lambda':{'Payload':'e30='}} | ValidationException | in the member RunCommand",
                "TARGET,'TaskType':'LAMBDA','TaskArn':'arn:aws:lambda:eu:1:function:x' | FeatureNotAvailableException"
                        + " | Tasks of type LAMBDA cannot be carried out here",
                "'TaskType':'AUTOMATION','TaskArn':'AWS-Restart','MaxErrors':'1' | ValidationException"
                        + " | Maintenance window tasks without targets do not support MaxErrors values.",
                "'TaskType':'RUN_COMMAND','TaskArn':'AWS-RunPatchBaseline','TaskInvocationParameters':{'RunCommand':"
                        + "{'Parameters':{'Operation':['Scan']}}},'Targets':[{'Key':'tag:Role','Values':['web']}]"
                        + " | ValidationException | does not allow unassociated targets",
                "'TaskType':'RUN_COMMAND','TaskArn':'AWS-RunPatchBaseline','TaskInvocationParameters':{'RunCommand':"
                        + "{'Parameters':{'Operation':['Scan']}}},'Targets':[{'Key':'WindowTargetIds','Values':"
                        + "['00000000-0000-0000-0000-000000000000']}] | DoesNotExistException | does not exist",
                "TARGET,'TaskType':'RUN_COMMAND','TaskArn':'AWS-RunPatchBaseline','TaskInvocationParameters':"
                        + "{'RunCommand':{'Parameters':{'Operation':['Install'],'InstallOverrideList':"
                        + "['https://x.example.org/l']}}} | ValidationException | for SendCommand only",
                "TARGET,'TaskType':'RUN_COMMAND','TaskArn':'AWS-RunPatchBaselineWithHooks','TaskInvocationParameters':{'RunCommand':{'Parameters':{'Operation':['Install'],'OnExitHookDocName':['no-hook']}}}"
                    + " | ValidationException | no-hook, which does not exist here. Hooks are the scripts"
                    + " config/hooks",
                "TARGET,'TaskType':'RUN_COMMAND','TaskArn':'AWS-RunPatchBaseline','AlarmConfiguration':{}"
                        + " | FeatureNotAvailableException | There are no alarms here"
            })
    void aTaskThatCannotBeCarriedOutIsRefusedWhenItIsRegistered(String members, String code, String message) {
        refused(
                code,
                message,
                "RegisterTaskWithMaintenanceWindow",
                "{" + inWindow() + "," + members.replace("TARGET", onTarget()) + "}");
        assertThat(calls.world.book.all().getFirst().tasks()).isEmpty();
    }

    @Test
    void anUpdateReplacesTheParametersAsAWholeAndLeavesThemAloneWhenItDoesNotNameThem() {
        String task = register(onTarget() + "," + INSTALL + ",'Priority':3,'Name':'patch'");

        JsonNode renamed = calls.call(
                "UpdateMaintenanceWindowTask", "{" + inWindow() + ",'WindowTaskId':'" + task + "','Name':'other'}");
        assertThat(renamed.at("/TaskInvocationParameters/RunCommand/Parameters"))
                .hasSize(2);
        assertThat(renamed.has("TaskType")).isFalse();

        JsonNode scan = calls.call(
                "UpdateMaintenanceWindowTask",
                "{" + inWindow() + ",'WindowTaskId':'" + task + "','TaskInvocationParameters':{'RunCommand':"
                        + "{'Parameters':{'Operation':['Scan']}}}}");
        assertThat(scan.at("/TaskInvocationParameters/RunCommand/Parameters")).hasSize(1);
        assertThat(calls.world.book.all().getFirst().tasks().getFirst().form().operation())
                .isEqualTo(Operation.SCAN);

        refused(
                "ValidationException",
                "Value null at 'targets' failed to satisfy constraint",
                "UpdateMaintenanceWindowTask",
                "{" + inWindow() + ",'WindowTaskId':'" + task + "','Replace':true,'TaskArn':'AWS-RunPatchBaseline',"
                        + INSTALL + "}");
        JsonNode replaced = calls.call(
                "UpdateMaintenanceWindowTask",
                "{" + inWindow() + ",'WindowTaskId':'" + task + "','Replace':true,'TaskArn':'AWS-RunPatchBaseline',"
                        + "'Targets':[{'Key':'WindowTargetIds','Values':['" + target + "']}]," + INSTALL + "}");
        assertThat(replaced.has("Name")).isFalse();
        assertThat(replaced.get("Priority").asInt()).isZero();
    }

    @Test
    void aTargetThatATaskNamesIsNotRemovedSafely() {
        String task = register(onTarget() + "," + INSTALL);
        String request = "{" + inWindow() + ",'WindowTargetId':'" + target + "','Safe':true}";

        refused("TargetInUseException", task, "DeregisterTargetFromMaintenanceWindow", request);
        calls.call("DeregisterTaskFromMaintenanceWindow", inTask(task));
        refused("DoesNotExistException", task, "GetMaintenanceWindowTask", inTask(task));
        calls.call("DeregisterTargetFromMaintenanceWindow", request);
        assertThat(calls.call("DescribeMaintenanceWindowTargets", "{" + inWindow() + "}")
                        .get("Targets"))
                .isEmpty();
        refused("DoesNotExistException", target, "DeregisterTargetFromMaintenanceWindow", request);
    }

    @Test
    void targetsAreChangedAndListedByFilter() {
        JsonNode changed = calls.call(
                "UpdateMaintenanceWindowTarget",
                "{" + inWindow() + ",'WindowTargetId':'" + target + "','Name':'web','Replace':true,"
                        + "'Targets':[{'Key':'tag-key','Values':['Role']}]}");
        assertThat(changed.toString())
                .isEqualTo(("{'WindowId':'" + window + "','WindowTargetId':'" + target + "',"
                                + "'Targets':[{'Key':'tag-key','Values':['Role']}],'Name':'web'}")
                        .replace('\'', '"'));

        assertThat(filtered("WindowTargetId", target)).hasSize(1);
        assertThat(filtered("OwnerInformation", "web team"))
                .as("it was cleared")
                .isEmpty();
        assertThat(filtered("Type", "INSTANCE")).hasSize(1);
        refused(
                "ValidationException",
                "'color' is not supported",
                "UpdateMaintenanceWindowTarget",
                "{" + inWindow() + ",'WindowTargetId':'" + target + "','Targets':[{'Key':'color','Values':['x']}]}");
    }

    private JsonNode filtered(String key, String value) {
        return calls.call(
                        "DescribeMaintenanceWindowTargets",
                        "{" + inWindow() + ",'Filters':[{'Key':'" + key + "','Values':['" + value + "']}]}")
                .get("Targets");
    }

    @Test
    void anExecutionIsReportedDownToEachNode() {
        String task = register(onTarget() + "," + INSTALL + ",'MaxConcurrency':'2','MaxErrors':'1'");
        calls.world.clock.set(Instant.parse("2026-11-22T02:00:00Z"));
        calls.engine.opener().openIfDue(window);
        calls.look();
        calls.world.end(RunState.FAILED, "web-01");
        calls.world.end(RunState.SUCCEEDED, "web-02");
        calls.look();

        JsonNode execution = calls.call("DescribeMaintenanceWindowExecutions", "{" + inWindow() + "}")
                .at("/WindowExecutions/0");
        assertThat(execution.get("Status").asText()).isEqualTo("FAILED");
        assertThat(execution.get("StatusDetails").asText()).isEqualTo("One or more tasks in the orchestration failed.");
        assertThat(execution.get("StartTime").decimalValue()).isEqualByComparingTo("1795312800");
        String id = execution.get("WindowExecutionId").asText();
        JsonNode got = calls.call("GetMaintenanceWindowExecution", "{'WindowExecutionId':'" + id + "'}");
        String taskExecution = got.at("/TaskIds/0").asText();
        assertThat(taskExecution).isNotEqualTo(task);

        String in = "{'WindowExecutionId':'" + id + "','TaskId':'" + taskExecution + "'";
        assertThat(calls.call(
                                "DescribeMaintenanceWindowExecutionTasks",
                                "{'WindowExecutionId':'" + id + "','Filters':[{'Key':'STATUS','Values':['FAILED']}]}")
                        .at("/WindowExecutionTaskIdentities/0/TaskArn")
                        .asText())
                .isEqualTo("AWS-RunPatchBaseline");
        assertThat(calls.call("GetMaintenanceWindowExecutionTask", in + "}")
                        .get("StatusDetails")
                        .asText())
                .isEqualTo("1 of 2 servers failed.");
        JsonNode failed = calls.call(
                        "DescribeMaintenanceWindowExecutionTaskInvocations",
                        in + ",'Filters':[{'Key':'STATUS','Values':['FAILED']}]}")
                .get("WindowExecutionTaskInvocationIdentities");
        assertThat(failed).hasSize(1);
        assertThat(failed.get(0).get("OwnerInformation").asText()).isEqualTo("web team");
        assertThat(failed.get(0).get("WindowTargetId").asText()).isEqualTo(target);
        assertThat(failed.get(0).get("ExecutionId").asText())
                .isEqualTo(calls.world.runs.accepted().getFirst().id().toString());
        assertThat(failed.get(0).get("Parameters").asText())
                .isEqualTo(("{'documentName':'AWS-RunPatchBaseline','instanceIds':['"
                                + NodeIds.of(new ServerId("web-01"))
                                + "'],'maxConcurrency':'2','maxErrors':'1','parameters':{'Operation':['Install'],"
                                + "'RebootOption':['NoReboot']}}")
                        .replace('\'', '"'));
        assertThat(calls.call(
                        "GetMaintenanceWindowExecutionTaskInvocation",
                        in + ",'InvocationId':'"
                                + failed.get(0).get("InvocationId").asText() + "'}"))
                .isEqualTo(failed.get(0));
        refused(
                "DoesNotExistException",
                NOWHERE,
                "GetMaintenanceWindowExecutionTaskInvocation",
                in + ",'InvocationId':'" + NOWHERE + "'}");
    }

    @Test
    void executionsArePagedAndFoundByTheirTime() {
        register(onTarget() + "," + INSTALL);
        for (int i = 0; i < 12; i++) {
            assertThat(calls.engine.opener().openNow(calls.world.book.all().getFirst(), "tester"))
                    .isPresent();
            calls.look();
            calls.world.end(RunState.SUCCEEDED);
            calls.look();
            calls.world.clock.advance(Duration.ofHours(1));
        }
        JsonNode first = calls.call("DescribeMaintenanceWindowExecutions", "{" + inWindow() + ",'MaxResults':10}");
        JsonNode second = calls.call(
                "DescribeMaintenanceWindowExecutions",
                "{" + inWindow() + ",'MaxResults':10,'NextToken':'"
                        + first.get("NextToken").asText() + "'}");
        JsonNode between = calls.call(
                "DescribeMaintenanceWindowExecutions",
                "{" + inWindow() + ",'Filters':[{'Key':'ExecutedAfter','Values':['2026-11-22T04:30:00Z']},"
                        + "{'Key':'ExecutedBefore','Values':['2026-11-22T06:30:00Z']}]}");

        assertThat(first.get("WindowExecutions")).hasSize(10);
        assertThat(second.get("WindowExecutions")).hasSize(2);
        assertThat(between.get("WindowExecutions")).hasSize(2);
    }

    @Test
    void anExecutionIsCancelledAndOneThatDoesNotExistIsNamed() {
        register(onTarget() + "," + INSTALL);
        calls.engine.opener().openNow(calls.world.book.all().getFirst(), "tester");
        calls.look();
        String execution = calls.call("DescribeMaintenanceWindowExecutions", "{" + inWindow() + "}")
                .at("/WindowExecutions/0/WindowExecutionId")
                .asText();

        calls.call("CancelMaintenanceWindowExecution", "{'WindowExecutionId':'" + execution + "'}");
        calls.look();
        assertThat(calls.world.rollouts.all()).hasSize(1);
        calls.world.end(RunState.CANCELLED);
        calls.look();

        assertThat(calls.call("GetMaintenanceWindowExecution", "{'WindowExecutionId':'" + execution + "'}")
                        .get("Status")
                        .asText())
                .isEqualTo("CANCELLED");
        for (String operation : List.of("CancelMaintenanceWindowExecution", "GetMaintenanceWindowExecution")) {
            refused("DoesNotExistException", NOWHERE, operation, "{'WindowExecutionId':'" + NOWHERE + "'}");
        }
    }

    @Test
    void aRepeatedRegistrationRegistersOnce() {
        String first = register(onTarget() + "," + INSTALL + ",'ClientToken':'t'");

        assertThat(register(onTarget() + "," + INSTALL + ",'ClientToken':'t'")).isEqualTo(first);
        assertThat(calls.call(
                                "DescribeMaintenanceWindowTasks",
                                "{" + inWindow() + ",'Filters':"
                                                 + "[{'Key':'Priority','Values':['0']},{'Key':'TaskType','Values':['RUN_COMMAND']}]}")
                        .get("Tasks"))
                .hasSize(1)
                .allSatisfy(
                        task -> assertThat(Optional.ofNullable(task.get("Type")).map(JsonNode::asText))
                                .contains("RUN_COMMAND"));
    }

    private String register(String members) {
        return calls.call(
                        "RegisterTaskWithMaintenanceWindow",
                        "{" + inWindow() + ",'TaskType':'RUN_COMMAND','TaskArn':'AWS-RunPatchBaseline'," + members
                                + "}")
                .get("WindowTaskId")
                .asText();
    }

    private String inWindow() {
        return "'WindowId':'" + window + "'";
    }

    private String inTask(String task) {
        return "{" + inWindow() + ",'WindowTaskId':'" + task + "'}";
    }

    private String onTarget() {
        return "'Targets':[{'Key':'WindowTargetIds','Values':['" + target + "']}]";
    }

    private void refused(String code, String message, String operation, String request) {
        assertThatExceptionOfType(SsmException.class)
                .isThrownBy(() -> calls.call(operation, request))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code))
                .withMessageContaining(message);
    }
}
