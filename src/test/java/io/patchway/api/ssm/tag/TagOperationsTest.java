package io.patchway.api.ssm.tag;

import static io.patchway.api.ssm.baseline.BaselineStore.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchway.api.ssm.NodeIds;
import io.patchway.api.ssm.SsmException;
import io.patchway.api.ssm.TargetDocument;
import io.patchway.api.ssm.baseline.BaselineStore;
import io.patchway.api.ssm.tag.TagOperations.AddTagsToResource;
import io.patchway.api.ssm.tag.TagOperations.ListTagsForResource;
import io.patchway.api.ssm.tag.TagOperations.RemoveTagsFromResource;
import io.patchway.config.ListedServers;
import io.patchway.maintenance.MaintenanceOrder;
import io.patchway.maintenance.MarkedInventory;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.Inventory;
import io.patchway.server.OperatingSystem;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import io.patchway.store.SqlMaintenanceModes;
import io.patchway.store.SqlTags;
import io.patchway.tag.ResourceType;
import io.patchway.tag.TaggedInventory;
import io.patchway.tag.ToldTags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TagOperationsTest {
    private static final ServerId WEB = new ServerId("web-01");
    private static final String NODE = NodeIds.of(WEB);
    private static final String WINDOW = "mw-00000000000000001";
    private static final Inventory FILES = new ListedServers(List.of(new Server(
            WEB, "web", Set.of(), Map.of("team", "ops"), Optional.empty(), false, new ConnectionSettings.Local())));

    private final BaselineStore store = new BaselineStore();
    private final SqlTags tags = new SqlTags(store.database, "node-1", store.clock);
    private final TagOperations operations =
            new TagOperations(tags, new NodeIds(FILES), store.baselines, WINDOW::equals);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void tagsOfANodeReachTheInventoryWithinASecond() {
        Inventory inventory = new TaggedInventory(FILES, tags, store.clock);
        assertThat(inventory.find(WEB).orElseThrow().patchGroup()).isEmpty();

        add("ManagedInstance", NODE, new Tag("Patch Group", "production"));
        store.clock.advance(Duration.ofSeconds(1));

        Server server = inventory.find(WEB).orElseThrow();
        assertThat(server.patchGroup()).contains("production");
        assertThat(server.tags()).containsEntry("team", "ops");
        assertThat(inventory.all()).containsExactly(server);
        assertThat(list("ManagedInstance", NODE))
                .containsExactly(new Tag("Patch Group", "production"), new Tag("team", "ops"));

        operations.remove(ALICE, new RemoveTagsFromResource("ManagedInstance", NODE, List.of("Patch Group", "other")));
        store.clock.advance(Duration.ofSeconds(1));
        assertThat(inventory.find(WEB).orElseThrow().patchGroup()).isEmpty();
    }

    @Test
    void tagsOfANodeReachTheInventoryAtOnceWhereTheyAreGiven() {
        TaggedInventory inventory = new TaggedInventory(FILES, tags, store.clock);
        assertThat(inventory.find(WEB).orElseThrow().patchGroup()).isEmpty();

        new ToldTags(tags, inventory::lookAgain)
                .add(
                        ResourceType.MANAGED_INSTANCE,
                        WEB.value(),
                        Map.of("Patch Group", "production"),
                        any -> {},
                        ALICE.name());

        assertThat(inventory.find(WEB).orElseThrow().patchGroup()).contains("production");
    }

    @Test
    void aTagOfTheFileIsChangedOnlyThere() {
        refused(
                "ValidationException",
                "config/servers.yaml and can be changed only there",
                () -> add("ManagedInstance", NODE, new Tag("team", "dev")));
        refused(
                "ValidationException",
                "can be removed only there",
                () -> operations.remove(ALICE, new RemoveTagsFromResource("ManagedInstance", NODE, List.of("team"))));
    }

    @Test
    void baselinesAndWindowsCarryTagsToo() {
        String own = store.create("{\"Name\":\"web\",\"Tags\":[{\"Key\":\"a\",\"Value\":\"\"}]}");
        add("PatchBaseline", own, new Tag("b", "2"));
        add("MaintenanceWindow", WINDOW, new Tag("c", "3"));

        assertThat(list("PatchBaseline", own)).containsExactly(new Tag("a", ""), new Tag("b", "2"));
        assertThat(list("MaintenanceWindow", WINDOW)).containsExactly(new Tag("c", "3"));
    }

    @Test
    void whatDoesNotExistOrIsPredefinedCarriesNone() {
        String predefined = BaselineStore.NAMES.of(store.baselines.defaultFor(OperatingSystem.DEBIAN));

        refused("InvalidResourceId", "is predefined", () -> add("PatchBaseline", predefined, new Tag("a", "1")));
        refused("InvalidResourceId", "no managed node", () -> list("ManagedInstance", "mi-0"));
        refused("InvalidResourceId", "no maintenance window", () -> list("MaintenanceWindow", "mw-0"));
        refused("InvalidResourceId", "no patch baseline", () -> list("PatchBaseline", "pb-0"));
        refused("InvalidResourceType", "Parameter are not managed", () -> list("Parameter", "p"));
    }

    @Test
    void aResourceHasAtMostFiftyTags() {
        Tag[] many = IntStream.range(0, 50)
                .mapToObj(number -> new Tag("key" + number, ""))
                .toArray(Tag[]::new);
        add("MaintenanceWindow", WINDOW, many);
        add("MaintenanceWindow", WINDOW, new Tag("key1", "again"));

        refused("TooManyTagsError", "51 tags", () -> add("MaintenanceWindow", WINDOW, new Tag("one-more", "")));
        refused("TooManyTagsError", "51 tags", () -> add("ManagedInstance", NODE, many));
        assertThat(list("MaintenanceWindow", WINDOW)).hasSize(50);
    }

    @Test
    void maintenanceModeIsShownAsATagThatNobodyCanWrite() {
        SqlMaintenanceModes modes = new SqlMaintenanceModes(store.database, "node-1", Duration.ofHours(24));
        modes.set(Map.of(WEB, MaintenanceOrder.enter("alice", "new disk", Optional.empty())), store.clock.instant());
        Inventory marked = new MarkedInventory(FILES, modes, store.clock);
        TagOperations shown = new TagOperations(tags, new NodeIds(marked), store.baselines, WINDOW::equals);

        assertThat(shown.list(new ListTagsForResource("ManagedInstance", NODE)).tagList())
                .containsExactly(new Tag("patchway:maintenance", "on"), new Tag("team", "ops"));
        assertThat(TargetDocument.selection(
                                List.of(new TargetDocument("tag:patchway:maintenance", List.of("on"))),
                                new NodeIds(marked))
                        .in(marked))
                .extracting(Server::id)
                .containsExactly(WEB);
        refused(
                "ValidationException",
                "enter or leave maintenance mode instead",
                () -> add("ManagedInstance", NODE, new Tag("patchway:maintenance", "off")));
        refused(
                "ValidationException",
                "cannot be removed",
                () -> shown.remove(
                        ALICE, new RemoveTagsFromResource("ManagedInstance", NODE, List.of("patchway:maintenance"))));
        Tag[] many = IntStream.range(0, 49)
                .mapToObj(number -> new Tag("key" + number, ""))
                .toArray(Tag[]::new);
        shown.add(ALICE, new AddTagsToResource("ManagedInstance", NODE, List.of(many)));
    }

    private void add(String type, String id, Tag... added) {
        operations.add(ALICE, new AddTagsToResource(type, id, List.of(added)));
    }

    private List<Tag> list(String type, String id) {
        return operations.list(new ListTagsForResource(type, id)).tagList();
    }

    private static void refused(String code, String message, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        SsmException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }
}
