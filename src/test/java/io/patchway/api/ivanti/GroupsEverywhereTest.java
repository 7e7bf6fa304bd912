package io.patchway.api.ivanti;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.api.ssm.NodeIds;
import io.patchway.api.ssm.TargetDocument;
import io.patchway.maintenance.MaintenanceOrder;
import io.patchway.run.Operation;
import io.patchway.run.RebootOption;
import io.patchway.run.Receipt;
import io.patchway.run.RefusedRequestException;
import io.patchway.run.RequestForm;
import io.patchway.run.SimulatedServer;
import io.patchway.run.SimulatedServers;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Machine groups are server groups to all others, and machines are in maintenance mode whoever set it. */
class GroupsEverywhereTest {
    private static final String WEB =
            "{\"name\": \"web\", \"discoveryFilters\": [{\"category\": \"MachineName\", \"name\": \"web01\"}]}";

    private final OpenConsole console = new OpenConsole(new SimulatedServers()
            .with("web01", new SimulatedServer(Map.of("openssl", "2-1")))
            .with("web02", new SimulatedServer(Map.of("bash", "2-1"))));
    private final ConsoleClient anna = console.as("anna");

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void aRequestReachesTheMembersThatAMachineGroupHasAtThatMoment() throws RefusedRequestException {
        assertThat(request("web").accepted()).isFalse();
        int group = made(WEB);
        assertThat(reached("web")).containsExactly("web01");

        anna.post(
                "machinegroups/" + group + "/discoveryFilters",
                "[{\"category\": \"MachineName\", \"name\": \"web02\"}]");
        assertThat(reached("web")).containsExactly("web01", "web02");

        anna.delete("machinegroups/" + group + "/discoveryFilters/1");
        assertThat(reached("web")).containsExactly("web02");
    }

    @Test
    void theTargetsOfAWindowMeanItsMembers() {
        int group = made(WEB);
        assertThat(targets("web")).containsExactly("web01");
        assertThat(targets("simulated")).containsExactly("web01", "web02");

        anna.delete("machinegroups/" + group);
        assertThat(targets("web")).isEmpty();
    }

    @Test
    void aGroupThatIsDeletedOrHasAnotherNameIsNoServerGroupAnyMore() throws RefusedRequestException {
        int group = made(WEB);
        assertThat(anna.call("PUT", "machinegroups/" + group, "{\"name\": \"front\"}")
                        .status())
                .isEqualTo(200);
        assertThat(request("web").refusals()).isEqualTo("group web: no server belongs to it");
        assertThat(reached("front")).containsExactly("web01");

        assertThat(anna.delete("machinegroups/" + group).status()).isLessThan(300);
        assertThat(request("front").refusals()).isEqualTo("group front: no server belongs to it");
        assertThat(names()).containsExactly("All Machines", "simulated");
    }

    @Test
    void theConsoleListsAGroupThatPeopleMadeOnce() {
        made(WEB);

        assertThat(names()).containsExactlyInAnyOrder("All Machines", "simulated", "web");
        assertThat(anna.post("machinegroups", "{\"name\": \"Simulated\"}").status())
                .isEqualTo(409);
        assertThat(anna.post("machinegroups", "{\"name\": \"WEB\"}").status()).isEqualTo(409);
    }

    @Test
    void aMachineTellsWhetherItIsInMaintenanceMode() {
        console.modes.set(
                Map.of(new ServerId("web02"), MaintenanceOrder.enter("otto", "new disk", Optional.empty())),
                Instant.now());

        assertThat(anna.read("machines").path("value"))
                .allSatisfy(
                        machine -> assertThat(machine.path("inMaintenanceMode").booleanValue())
                                .isEqualTo(machine.path("name").asText().equals("web02")));
        int number = anna.read("machines?name=web02")
                .path("value")
                .path(0)
                .path("id")
                .asInt();
        assertThat(anna.read("machines/" + number).path("inMaintenanceMode").booleanValue())
                .isTrue();
        console.modes.set(Map.of(new ServerId("web02"), MaintenanceOrder.leave("otto", "done")), Instant.now());
        assertThat(anna.read("machines/" + number).path("inMaintenanceMode").toString())
                .isEqualTo("false");
    }

    private int made(String group) {
        ConsoleClient.Answer answer = anna.post("machinegroups", group);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asInt();
    }

    private List<String> names() {
        return anna.read("machinegroups").path("value").findValuesAsText("name");
    }

    private List<String> targets(String group) {
        List<TargetDocument> targets = List.of(new TargetDocument("resource-groups:Name", List.of(group)));
        return TargetDocument.selection(targets, new NodeIds(console.inventory)).in(console.inventory).stream()
                .map(Server::id)
                .map(ServerId::value)
                .toList();
    }

    private List<String> reached(String group) throws RefusedRequestException {
        Receipt receipt = request(group);
        assertThat(receipt.accepted()).isTrue();
        return receipt.answers().stream().map(Receipt.Answer::server).toList();
    }

    private Receipt request(String group) throws RefusedRequestException {
        RequestForm form = new RequestForm(
                Operation.SCAN,
                RebootOption.NEVER,
                1,
                List.of(),
                List.of(group),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of(),
                Optional.empty());
        return console.desk.accept(form, new RequestForm.Origin("API", "otto", Optional.empty(), Optional.empty()));
    }
}
