package io.patchway.run;

import io.patchway.baseline.PatchBaseline;
import io.patchway.server.OperatingSystem;
import io.patchway.server.ServerId;
import java.util.List;
import java.util.Optional;

/** What takes the place of each server's baseline for one request. It was read when the request came in. */
public sealed interface PatchOverride {

    /** Where it was read from, for people. */
    String source();

    /** Exactly these packages are installed, whatever the baseline approves or rejects. */
    record InstallList(String source, List<ListedPatch> patches) implements PatchOverride {
        public InstallList {
            patches = List.copyOf(patches);
        }
    }

    /** Baselines that are asked instead of the servers' own. */
    sealed interface OtherBaselines extends PatchOverride {

        /** The one for a server; empty when there is none for it. */
        Optional<PatchBaseline> baselineFor(ServerId server, OperatingSystem operatingSystem);
    }

    /** Of these baselines, the one for the server's operating system is asked. */
    record BaselineList(String source, List<PatchBaseline> baselines) implements OtherBaselines {
        public BaselineList {
            baselines = List.copyOf(baselines);
        }

        @Override
        public Optional<PatchBaseline> baselineFor(ServerId server, OperatingSystem operatingSystem) {
            return baselines.stream()
                    .filter(baseline -> baseline.operatingSystem() == operatingSystem)
                    .findFirst();
        }
    }

    /** Each server is asked for by name: what one of them gets, says nothing of the others. */
    record ServerBaselines(String source, List<ServerBaseline> shares) implements OtherBaselines {
        public ServerBaselines {
            shares = List.copyOf(shares);
        }

        @Override
        public Optional<PatchBaseline> baselineFor(ServerId server, OperatingSystem operatingSystem) {
            return shares.stream()
                    .filter(share -> share.servers().contains(server))
                    .map(ServerBaseline::baseline)
                    .filter(baseline -> baseline.operatingSystem() == operatingSystem)
                    .findFirst();
        }
    }

    /** The baseline of some servers. */
    record ServerBaseline(List<ServerId> servers, PatchBaseline baseline) {
        public ServerBaseline {
            servers = List.copyOf(servers);
        }
    }

    /**
     * One package of an install list; {@code *} stands for any text in both.
     *
     * @param id {@code name.arch}
     * @param title {@code name.arch:epoch:version-release}, or {@code name.arch:version} where apt is used
     */
    record ListedPatch(String id, String title) {}
}
