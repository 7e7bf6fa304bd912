package io.patchway.maintenance;

import static io.patchway.maintenance.MaintainedServers.DATABASE;
import static io.patchway.maintenance.MaintainedServers.LONGEST;
import static io.patchway.maintenance.MaintainedServers.NOON;
import static io.patchway.maintenance.MaintainedServers.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.server.Server;
import io.patchway.server.ServerSelection;
import io.patchway.server.ServerSelector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkedInventoryTest {
    @TempDir
    Path folder;

    private MaintainedServers servers;

    @BeforeEach
    void open() {
        servers = new MaintainedServers(folder);
    }

    @AfterEach
    void close() {
        servers.close();
    }

    @Test
    void whatIsInMaintenanceModeCarriesTheTagAndNothingElseDoes() {
        assertThat(servers.inventory.all()).noneMatch(server -> server.tags().containsKey(MarkedInventory.TAG));
        servers.enter(WEB, Optional.empty());

        assertThat(targets()).extracting(Server::id).containsExactly(WEB);
        assertThat(servers.inventory.find(WEB).orElseThrow().tags()).containsEntry("team", "ops");
        assertThat(servers.inventory.find(DATABASE).orElseThrow().tags()).containsOnlyKeys("team");
    }

    @Test
    void anotherNodeSeesAChangeASecondLater() {
        MarkedInventory elsewhere = new MarkedInventory(servers.files, servers.modes, servers.clock);
        elsewhere.all();
        servers.enter(WEB, Optional.empty());
        servers.clock.advance(Duration.ofSeconds(1));

        assertThat(elsewhere.find(WEB).orElseThrow().tags()).containsEntry(MarkedInventory.TAG, MarkedInventory.ON);
    }

    @Test
    void theTagGoesWhenTheModeExpires() {
        MaintenanceWatch watch = new MaintenanceWatch(servers.modes, servers.clock);
        servers.enter(WEB, Optional.empty());
        servers.clock.advance(LONGEST.minusSeconds(1));
        assertThat(watch.look()).isEmpty();
        servers.clock.advance(Duration.ofSeconds(1));

        assertThat(watch.look()).singleElement().satisfies(mode -> {
            assertThat(mode.server()).isEqualTo(WEB);
            assertThat(mode.until()).isEqualTo(NOON.plus(LONGEST));
        });
        assertThat(targets()).isEmpty();
        assertThat(watch.look()).isEmpty();
    }

    private List<Server> targets() {
        return new ServerSelection(
                        List.of(new ServerSelector.TagValue(MarkedInventory.TAG, List.of(MarkedInventory.ON))))
                .in(servers.inventory);
    }
}
