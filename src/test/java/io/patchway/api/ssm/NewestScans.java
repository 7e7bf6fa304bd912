package io.patchway.api.ssm;

import io.patchway.config.ListedServers;
import io.patchway.run.ScanHistory;
import io.patchway.run.StoredScan;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The newest scan of each of a few servers. */
public record NewestScans(List<StoredScan> scans) implements ScanHistory {

    public static NewestScans of(StoredScan... scans) {
        return new NewestScans(List.of(scans));
    }

    @Override
    public Optional<StoredScan> latest(ServerId server) {
        return scans.stream().filter(scan -> scan.server().equals(server)).findFirst();
    }

    @Override
    public List<StoredScan> newestOfEach(Instant from, Instant before, Optional<ServerId> behind, int most) {
        return scans.stream()
                .filter(scan -> behind.isEmpty() || scan.server().compareTo(behind.get()) > 0)
                .limit(most)
                .toList();
    }

    public static Inventory inventory(String... servers) {
        return new ListedServers(
                List.of(servers).stream().map(NewestScans::server).toList());
    }

    private static Server server(String id) {
        return new Server(
                new ServerId(id),
                id,
                Set.of(),
                Map.of("Patch Group", "production"),
                Optional.empty(),
                false,
                new ConnectionSettings.Local());
    }
}
