package io.patchway.api.ssm.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.api.ssm.NodeIds;
import io.patchway.api.ssm.SsmException;
import io.patchway.run.RequestDesks;
import io.patchway.run.window.FileWindow;
import io.patchway.run.window.StoredWindow;
import io.patchway.run.window.WindowWorld;
import io.patchway.server.ServerId;
import io.patchway.window.MaintenanceWindow;
import io.patchway.window.MissedPolicy;
import io.patchway.window.WindowSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowOperationsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.123Z");
    private static final String SMALLEST = "'Name':'night','Schedule':'cron(0 2 ? * SUN *)','Duration':3,'Cutoff':1,"
            + "'AllowUnassociatedTargets':false";

    private final WindowCalls calls = new WindowCalls(new WindowWorld(NOW), ofFile());

    @Test
    void aWindowIsToldAgainAsItWasWritten() {
        String id = create(SMALLEST + ",'Description':'Sundays','StartDate':'2026-11-01T00:00:00+01:00',"
                + "'EndDate':'2027-11-01T00:00:00Z','ScheduleTimezone':'Europe/Berlin','ScheduleOffset':2");

        JsonNode window = get(id);
        assertThat(id).matches("mw-[0-9a-f]{17}");
        assertThat(window.toString())
                .isEqualTo(("{'WindowId':'" + id + "','Name':'night','Description':'Sundays',"
                                + "'StartDate':'2026-11-01T00:00:00+01:00','EndDate':'2027-11-01T00:00:00Z',"
                                + "'Schedule':'cron(0 2 ? * SUN *)','ScheduleTimezone':'Europe/Berlin',"
                                + "'ScheduleOffset':2,'NextExecutionTime':'2026-11-24T02:00:00+01:00','Duration':3,"
                                + "'Cutoff':1,'AllowUnassociatedTargets':false,'Enabled':true,"
                                + "'CreatedDate':1795255200.123,'ModifiedDate':1795255200.123}")
                        .replace('\'', '"'));
    }

    @Test
    void theSameCallUnderItsTokenMakesOneWindow() {
        String first = create(SMALLEST + ",'ClientToken':'t'");

        assertThat(create(SMALLEST + ",'ClientToken':'t'")).isEqualTo(first);
        assertThat(create(SMALLEST)).isNotEqualTo(first);
        assertThat(calls.world.book.all()).hasSize(2);
    }

    @Test
    void tagsComeAndGoWithTheWindow() {
        String id = create(SMALLEST + ",'Tags':[{'Key':'team','Value':'web'}]");
        assertThat(calls.tags.get(id)).containsEntry("team", "web");

        calls.call("DeleteMaintenanceWindow", "{'WindowId':'" + id + "'}");
        assertThat(calls.tags.get(id)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'Duration':2,'Cutoff':3 | Cutoff must not be longer than the Duration of 2 hours, but is 3",
                "'Schedule':'cron(0 2 * * *)' | Schedule: cron(…) needs six fields",
                "'Schedule':'rate(1 days)' | Schedule: rate(…) must be such as",
                "'ScheduleTimezone':'Mars/Base' | ScheduleTimezone must be a time zone",
                "'Schedule':'rate(7 days)','ScheduleOffset':2 | ScheduleOffset goes with a cron expression only",
                "'StartDate':'+999999999-01-01T00:00:00Z' | StartDate must be from the year 1970 to 2199",
                "'Schedule':'cron(0 2 31W 4 ? *)' | Schedule: cron(0 2 31W 4 ? *) is not understood",
                "'StartDate':'tomorrow' | StartDate must be in ISO 8601",
                "'EndDate':'2026-13-01T00:00:00Z' | EndDate must be in ISO 8601",
                "'StartDate':'2027-01-01T00:00:00Z','EndDate':'2026-01-01T00:00:00Z' | EndDate must not be before"
            })
    void whatMakesNoSenseTogetherIsRefusedAndNothingIsStored(String members, String message) {
        String id = create(SMALLEST);

        refused("ValidationException", message, "UpdateMaintenanceWindow", "{'WindowId':'" + id + "'," + members + "}");

        StringBuilder whole = new StringBuilder(SMALLEST);
        refused("ValidationException", message, "CreateMaintenanceWindow", "{" + whole + "," + members + "}");
        assertThat(calls.world.book.all()).hasSize(1);
        assertThat(get(id).get("Schedule").asText()).isEqualTo("cron(0 2 ? * SUN *)");
    }

    @Test
    void anUpdateLeavesAloneWhatItDoesNotNameAndAReplacementClearsIt() {
        String id = create(SMALLEST + ",'Description':'Sundays','ScheduleOffset':2,'ScheduleTimezone':'Asia/Tokyo'");

        JsonNode updated =
                calls.call("UpdateMaintenanceWindow", "{'WindowId':'" + id + "','Duration':4,'Enabled':false}");
        assertThat(updated.get("Duration").asInt()).isEqualTo(4);
        assertThat(updated.get("Description").asText()).isEqualTo("Sundays");
        assertThat(updated.get("Enabled").asBoolean()).isFalse();
        assertThat(updated.has("CreatedDate")).isFalse();
        assertThat(get(id).has("NextExecutionTime")).as("it is off").isFalse();

        JsonNode replaced =
                calls.call("UpdateMaintenanceWindow", "{'WindowId':'" + id + "','Replace':true," + SMALLEST + "}");
        assertThat(replaced.has("Description")).isFalse();
        assertThat(replaced.has("ScheduleOffset")).isFalse();
        assertThat(replaced.has("ScheduleTimezone")).isFalse();
        assertThat(replaced.get("Enabled").asBoolean())
                .as("a window that is off does not open by the way")
                .isFalse();
        refused(
                "ValidationException",
                "Value null at 'name' failed to satisfy constraint: Member must not be null",
                "UpdateMaintenanceWindow",
                "{'WindowId':'" + id + "','Replace':true,'Duration':4}");
    }

    @Test
    void aRateCountsFromItsStartAndWithoutOneFromTheMakingOfTheWindow() {
        String soon =
                create(SMALLEST.replace("cron(0 2 ? * SUN *)", "rate(7 days)") + ",'StartDate':'2026-11-22T06:30:00Z'");
        String past =
                create(SMALLEST.replace("cron(0 2 ? * SUN *)", "rate(7 days)") + ",'StartDate':'2020-01-01T00:00:00Z'");
        String none = create(SMALLEST.replace("cron(0 2 ? * SUN *)", "rate(12 hours)"));

        assertThat(next(soon)).isEqualTo("2026-11-22T06:30:00Z");
        assertThat(next(past)).isEqualTo("2026-11-28T10:00:00Z");
        assertThat(next(none)).isEqualTo("2026-11-21T22:00:00Z");
    }

    @Test
    void aWindowThatDoesNotExistIsRefusedInTheWordsOfTheService() {
        for (String operation : List.of("GetMaintenanceWindow", "UpdateMaintenanceWindow")) {
            refused(
                    "DoesNotExistException",
                    "Maintenance window ID does not exist",
                    operation,
                    "{'WindowId':'mw-00000000000000000'}");
        }
        assertThat(calls.call("DeleteMaintenanceWindow", "{'WindowId':'mw-00000000000000000'}")
                        .toString())
                .isEqualTo("{\"WindowId\":\"mw-00000000000000000\"}");
    }

    @Test
    void aWindowOfAFileIsShownWithItsTargetsAndItsTaskAndRefusesChangesByTheNameOfItsFile() {
        String id = FileWindows.id("from-file").value();

        assertThat(get(id).get("Name").asText()).isEqualTo("from-file");
        JsonNode targets = calls.call("DescribeMaintenanceWindowTargets", "{'WindowId':'" + id + "'}");
        assertThat(targets.at("/Targets/0/Targets/0/Values/0").asText()).isEqualTo(NodeIds.of(new ServerId("web-01")));
        JsonNode tasks = calls.call("DescribeMaintenanceWindowTasks", "{'WindowId':'" + id + "'}");
        String task = tasks.at("/Tasks/0/WindowTaskId").asText();
        assertThat(calls.call("GetMaintenanceWindowTask", "{'WindowId':'" + id + "','WindowTaskId':'" + task + "'}")
                        .at("/TaskInvocationParameters/RunCommand/Parameters/Operation/0")
                        .asText())
                .isEqualTo("Install");

        String named = "{'WindowId':'" + id + "','WindowTaskId':'" + task + "','WindowTargetId':'" + task
                + "','ResourceType':'INSTANCE','Targets':[{'Key':'tag-key','Values':['x']}]}";
        for (String change : List.of(
                "UpdateMaintenanceWindow",
                "DeleteMaintenanceWindow",
                "RegisterTargetWithMaintenanceWindow",
                "UpdateMaintenanceWindowTarget",
                "DeregisterTargetFromMaintenanceWindow",
                "UpdateMaintenanceWindowTask",
                "DeregisterTaskFromMaintenanceWindow")) {
            refused("ValidationException", "is written in the file config/windows/from-file.yaml", change, named);
        }
    }

    @Test
    void windowsAreListedPageByPageAndByFilter() {
        for (int i = 0; i < 12; i++) {
            create(SMALLEST.replace("night", "night-" + i));
        }
        JsonNode first = calls.call("DescribeMaintenanceWindows", "{'MaxResults':10}");
        JsonNode second = calls.call(
                "DescribeMaintenanceWindows",
                "{'MaxResults':10,'NextToken':'" + first.get("NextToken").asText() + "'}");

        assertThat(first.get("WindowIdentities")).hasSize(10);
        assertThat(second.get("WindowIdentities")).hasSize(3);
        assertThat(second.has("NextToken")).isFalse();
        JsonNode filtered = calls.call(
                "DescribeMaintenanceWindows",
                "{'Filters':[{'Key':'Name','Values':['night-3','night-4','other']},"
                        + "{'Key':'Enabled','Values':['true']}]}");
        assertThat(filtered.findValuesAsText("Name")).containsExactly("night-3", "night-4");
        refused(
                "ValidationException",
                "The filter key 'Colour' is not supported; use Enabled, Name",
                "DescribeMaintenanceWindows",
                "{'Filters':[{'Key':'Colour','Values':['red']}]}");
    }

    @Test
    void theScheduleToldIsTheOneThatIsKeptPageByPage() {
        String id = create(SMALLEST + ",'ScheduleTimezone':'Europe/London'");
        String request = "{'WindowId':'" + id + "','MaxResults':3,'Filters':[{'Key':'ScheduledBefore',"
                + "'Values':['2026-12-27T00:00:00Z']},{'Key':'ScheduledAfter','Values':['2026-11-23T00:00:00Z']}]";

        List<String> times = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            JsonNode page = calls.call(
                    "DescribeMaintenanceWindowSchedule",
                    request + token.map(text -> ",'NextToken':'" + text + "'").orElse("") + "}");
            times.addAll(page.findValuesAsText("ExecutionTime"));
            token = Optional.ofNullable(page.get("NextToken")).map(JsonNode::asText);
            calls.world.clock.advance(Duration.ofDays(1));
        } while (token.isPresent());

        assertThat(times)
                .containsExactly(
                        "2026-11-29T02:00:00Z", "2026-12-06T02:00:00Z", "2026-12-13T02:00:00Z", "2026-12-20T02:00:00Z");
        JsonNode all = calls.call("DescribeMaintenanceWindowSchedule", "{'MaxResults':1000}");
        assertThat(all.findValuesAsText("ExecutionTime").size()).isBetween(100, 200);
    }

    @Test
    void theWindowsOfANodeAreFoundByWhateverMeansIt() {
        String byTag = create(SMALLEST);
        register(byTag, "'Targets':[{'Key':'tag:Role','Values':['web','db']}]");
        String byKey = create(SMALLEST);
        register(byKey, "'Targets':[{'Key':'tag-key','Values':['Nothing']}]");

        String node = NodeIds.of(new ServerId("web-02"));
        JsonNode found = calls.call(
                "DescribeMaintenanceWindowsForTarget",
                "{'ResourceType':'INSTANCE','Targets':[{'Key':'InstanceIds','Values':['" + node + "']}]}");
        assertThat(found.findValuesAsText("WindowId")).containsExactly(byTag);
        JsonNode alike = calls.call(
                "DescribeMaintenanceWindowsForTarget",
                "{'ResourceType':'INSTANCE','Targets':[{'Key':'tag-key','Values':['Nothing']}]}");
        assertThat(alike.findValuesAsText("WindowId")).containsExactly(byKey);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense!", "MjAyNi0xMS0yMQ", "eEAx"})
    void aForeignTokenIsRefused(String token) {
        refused(
                "InvalidNextToken",
                "The specified token is not valid",
                "DescribeMaintenanceWindowSchedule",
                "{'NextToken':'" + token + "'}");
    }

    private String create(String members) {
        return calls.call("CreateMaintenanceWindow", "{" + members + "}")
                .get("WindowId")
                .asText();
    }

    private void register(String window, String members) {
        calls.call(
                "RegisterTargetWithMaintenanceWindow",
                "{'WindowId':'" + window + "','ResourceType':'INSTANCE'," + members + "}");
    }

    private JsonNode get(String id) {
        return calls.call("GetMaintenanceWindow", "{'WindowId':'" + id + "'}");
    }

    private String next(String id) {
        return get(id).get("NextExecutionTime").asText();
    }

    private void refused(String code, String message, String operation, String request) {
        assertThatExceptionOfType(SsmException.class)
                .isThrownBy(() -> calls.call(operation, request))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code))
                .withMessageContaining(message);
    }

    private static StoredWindow ofFile() {
        MaintenanceWindow timing = new MaintenanceWindow(
                "from-file",
                WindowSchedule.of("cron(0 2 * * ? *)"),
                ZoneId.of("UTC"),
                Optional.empty(),
                Optional.empty(),
                Duration.ofMinutes(150),
                Duration.ofHours(1),
                MissedPolicy.SKIP,
                true);
        return FileWindows.of(
                        List.of(new FileWindow(
                                "config/windows/from-file.yaml", timing, RequestDesks.install("web-01"))),
                        NOW)
                .getFirst();
    }
}
