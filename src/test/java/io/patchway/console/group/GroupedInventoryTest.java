package io.patchway.console.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.SettableClock;
import io.patchway.api.ivanti.machine.MachineGroups;
import io.patchway.api.ivanti.template.Documents;
import io.patchway.config.ListedServers;
import io.patchway.console.ItemKind;
import io.patchway.console.ToldItems;
import io.patchway.console.group.DiscoveryFilter.Category;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.ConnectionSettings.RemoteShell;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import io.patchway.store.SqlConsoleItems;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupedInventoryTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final SettableClock clock = new SettableClock(NOON);
    private final Database database = Database.open(DatabaseSettings.at("jdbc:h2:mem:" + UUID.randomUUID()));
    private final SqlConsoleItems stored = new SqlConsoleItems(database, "node-1");
    private final ListedServers files = new ListedServers(List.of(
            server("a", Set.of("database"), "a.example.org"),
            server("b", Set.of(), "192.0.2.7"),
            server("c", Set.of(), "c.other.org")));
    private final GroupedInventory inventory = new GroupedInventory(files, stored, MachineGroups::content, clock);
    private final ToldItems items = new ToldItems(stored, inventory::lookAgain);

    private static Server server(String id, Set<String> groups, String host) {
        return new Server(
                new ServerId(id),
                id,
                groups,
                Map.of(),
                Optional.empty(),
                false,
                new ConnectionSettings.Ssh(
                        host, 22, "patch", Path.of("key"), Optional.empty(), Path.of("known_hosts"), RemoteShell.SH));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void everyCategoryOfEntriesIsLookedUp() {
        make("by-domain", in(Category.Domain, "EXAMPLE.org"));
        make("by-range", in(Category.IpRange, "192.0.2.0/24"));
        make("by-address", in(Category.IpAddress, "192.0.2.7"));
        make("by-name", in(Category.MachineName, "c"), in(Category.MachineName, "nobody"));
        make("all-but-c", in(Category.NestedGroup, "all machines"), out(Category.NestedGroup, "by-name"));
        make("nested", in(Category.NestedGroup, "by-range"), in(Category.NestedGroup, "database"));

        assertThat(members("by-domain")).containsExactly("a");
        assertThat(members("by-range")).containsExactly("b");
        assertThat(members("by-address")).containsExactly("b");
        assertThat(members("by-name")).containsExactly("c");
        assertThat(members("all-but-c")).containsExactly("a", "b");
        assertThat(inventory.find(new ServerId("a")).orElseThrow().groups())
                .containsExactlyInAnyOrder("database", "by-domain", "all-but-c");
        assertThat(inventory.own().all()).isEqualTo(files.all());
    }

    @Test
    void groupsThatAreWithinEachOtherHaveTheSameMembers() {
        make("one", in(Category.MachineName, "a"), in(Category.NestedGroup, "two"));
        make("two", in(Category.MachineName, "b"), in(Category.NestedGroup, "three"));
        make("three", in(Category.MachineName, "c"), in(Category.NestedGroup, "one"));

        assertThat(List.of("one", "two", "three"))
                .allSatisfy(group -> assertThat(members(group)).containsExactly("a", "b", "c"));
    }

    @Test
    void groupsThatExcludeEachOtherAreStillAnAnswer() {
        make("one", in(Category.NestedGroup, "All Machines"), out(Category.NestedGroup, "two"));
        make("two", in(Category.NestedGroup, "All Machines"), out(Category.NestedGroup, "one"));
        make("sound", in(Category.MachineName, "a"));

        assertThat(members("sound")).containsExactly("a");
    }

    @Test
    void groupsThatMeanEachOtherManyTimesAreLookedUpQuickly() {
        List<DiscoveryFilter> wide = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            wide.add(in(Category.NestedGroup, "group-" + i));
        }
        wide.add(in(Category.MachineName, "b"));
        for (int i = 0; i < 60; i++) {
            make("group-" + i, wide.toArray(DiscoveryFilter[]::new));
        }

        assertThat(members("group-17")).containsExactly("b");
    }

    @Test
    void aNameThatNoServerGroupCanHaveStaysInTheConsole() {
        make("Web servers", in(Category.MachineName, "a"));
        make("-web", in(Category.MachineName, "a"));

        assertThat(inventory.all()).isEqualTo(files.all());
    }

    @Test
    void aNameThatTheInventoryHasTooIsTheNameOfOneGroup() {
        make("database", in(Category.MachineName, "b"), out(Category.MachineName, "a"));

        assertThat(members("database")).containsExactly("a", "b");
    }

    @Test
    void aChangeCountsAtOnceHereAndElsewhereASecondLater() {
        GroupedInventory elsewhere = new GroupedInventory(files, stored, MachineGroups::content, clock);
        int number = make("web", in(Category.MachineName, "a"));
        assertThat(elsewhere.inGroup("web")).hasSize(1);

        items.replace(ItemKind.MACHINE_GROUP, number, "front", document(), "anna", NOON);
        assertThat(members("web")).isEmpty();
        assertThat(elsewhere.inGroup("web")).hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(elsewhere.inGroup("web")).isEmpty();

        assertThat(members("front")).containsExactly("a");
        items.remove(ItemKind.MACHINE_GROUP, number, "anna", NOON);
        assertThat(inventory.all()).isEqualTo(files.all());
    }

    @Test
    void asLongAsAGroupCannotBeReadNoneIsAServerGroupButTheServersAreThere() {
        make("web", in(Category.MachineName, "a"));
        int newer = items.add(ItemKind.MACHINE_GROUP, "newer", document().replace("MachineName", "Cloud"), "anna", NOON)
                .number();

        assertThat(inventory.all()).isEqualTo(files.all());
        items.remove(ItemKind.MACHINE_GROUP, newer, "anna", NOON);
        assertThat(members("web")).containsExactly("a");
    }

    private static String document() {
        return """
            {"serverGroup": null, "description": "", "path": "", "credentialId": null, "connectionMethod": "Inherit",
             "filters": [{"id": 1, "category": "MachineName", "name": "a", "isExcluded": false,
                          "adminCredentialId": null, "note": ""}]}
            """;
    }

    private int make(String name, DiscoveryFilter... filters) {
        return items.add(ItemKind.MACHINE_GROUP, name, written(filters), "anna", NOON)
                .number();
    }

    private static String written(DiscoveryFilter... filters) {
        return Documents.of(new MachineGroup(null, "", "", null, "Inherit", List.of(filters)));
    }

    private static DiscoveryFilter in(Category category, String name) {
        return new DiscoveryFilter(1, category, name, false, null, "");
    }

    private static DiscoveryFilter out(Category category, String name) {
        return new DiscoveryFilter(2, category, name, true, null, "");
    }

    private List<String> members(String group) {
        return inventory.inGroup(group).stream()
                .map(server -> server.id().value())
                .toList();
    }
}
