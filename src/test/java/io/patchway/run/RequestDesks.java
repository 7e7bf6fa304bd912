package io.patchway.run;

import io.patchway.baseline.BaselineId;
import io.patchway.baseline.Baselines;
import io.patchway.baseline.ComplianceLevel;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.RejectedPatchesAction;
import io.patchway.baseline.StoredBaseline;
import io.patchway.baseline.StoredBaselines;
import io.patchway.run.RequestForm.Origin;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.Inventory;
import io.patchway.server.OperatingSystem;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A request desk over a small world: web-01 and web-02 in the group web, db-01 for scans only, branch-01 that another
 * site patches, and two packages.
 */
public final class RequestDesks {
    private static final List<Server> SERVERS = List.of(
            new Server(
                    new ServerId("branch-01"),
                    "branch-01",
                    Set.of(),
                    Map.of(),
                    Optional.empty(),
                    false,
                    new ConnectionSettings.Http(
                            URI.create("https://branch.example.com"),
                            Optional.empty(),
                            "hq",
                            Path.of("secret"),
                            "web-01",
                            UUID.fromString("c3c6642e-24e1-4c37-b56a-1cf1476ee360"),
                            Optional.empty())),
            server("db-01", Set.of("db"), Map.of(), true),
            server("web-01", Set.of("web"), Map.of("environment", "production", "tier", "1"), false),
            server("web-02", Set.of("web"), Map.of("environment", "test"), false));

    private static final PatchBaseline BASELINE = new PatchBaseline(
            "production-linux",
            "",
            OperatingSystem.DEBIAN,
            List.of(),
            List.of(),
            List.of(),
            ComplianceLevel.UNSPECIFIED,
            false,
            List.of(),
            RejectedPatchesAction.BLOCK,
            List.of(),
            Optional.empty(),
            false);

    private static final ScriptPackage YUM_UPDATE = new ScriptPackage(
            UUID.fromString("c3c6642e-24e1-4c37-b56a-1cf1476ee360"),
            "Yum Update",
            Set.of(),
            Set.of(OperatingSystem.CENTOS),
            List.of("kernel*", "nss*"),
            Map.of("patch.debug.mode", List.of("true", "false")));

    private static final ScriptPackage WINDOWS = new ScriptPackage(
            UUID.fromString("b229535c-a313-4a31-baf8-6aa71ff4b9ed"),
            "Auto Patching Windows 2012",
            Set.of(),
            Set.of(OperatingSystem.WINDOWS),
            List.of(),
            Map.of());

    private RequestDesks() {}

    public static RequestDesk over(RunLedger ledger, Clock clock) {
        return over(ledger, AdmissionLimit.DEFAULT, clock);
    }

    public static RequestDesk over(RunLedger ledger, int mostOpenRuns, Clock clock) {
        return new RequestDesk(
                inventory(),
                baselines(),
                () -> List.of(WINDOWS, YUM_UPDATE),
                new Rollouts(inventory(), List.of(), 0),
                ledger,
                new AdmissionLimit(mostOpenRuns),
                clock);
    }

    /** A request to install on servers, with nothing else said. */
    public static RequestForm install(String... servers) {
        return new RequestForm(
                Operation.INSTALL,
                RebootOption.IF_NEEDED,
                5,
                List.of(servers),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of(),
                Optional.empty());
    }

    public static Origin origin() {
        return new Origin("test", "tester", Optional.empty(), Optional.empty());
    }

    public static Inventory inventory() {
        return new Inventory() {
            @Override
            public Optional<Server> find(ServerId id) {
                return SERVERS.stream().filter(server -> server.id().equals(id)).findFirst();
            }

            @Override
            public List<Server> all() {
                return SERVERS;
            }
        };
    }

    private static Baselines baselines() {
        return new Baselines() {
            @Override
            public Optional<StoredBaseline> find(BaselineId id) {
                return Optional.empty();
            }

            @Override
            public List<StoredBaseline> named(String name) {
                return Stream.of(BASELINE)
                        .filter(baseline -> baseline.name().equals(name))
                        .map(StoredBaselines::of)
                        .toList();
            }

            @Override
            public StoredBaseline defaultFor(OperatingSystem operatingSystem) {
                return StoredBaselines.of(BASELINE);
            }

            @Override
            public Optional<StoredBaseline> servingGroup(String patchGroup, OperatingSystem operatingSystem) {
                return Optional.empty();
            }

            @Override
            public List<StoredBaseline> all() {
                return List.of(StoredBaselines.of(BASELINE));
            }
        };
    }

    private static Server server(String id, Set<String> groups, Map<String, String> tags, boolean scanOnly) {
        return new Server(
                new ServerId(id), id, groups, tags, Optional.empty(), scanOnly, new ConnectionSettings.Local());
    }
}
