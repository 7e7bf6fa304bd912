package io.patchway.run.step;

import io.patchway.baseline.PatchSource;
import io.patchway.run.RunState;
import io.patchway.run.ServerAccess;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerRun;
import io.patchway.scan.ScanResult;
import io.patchway.server.Server;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Scans the server of a run. */
public final class ScanServer {
    /** Metadata that was just fetched cannot be older; if it is, something between here and the vendor is stale. */
    private static final Duration STALE = Duration.ofDays(1);

    private final ServerAccess access;

    public ScanServer(ServerAccess access) {
        this.access = access;
    }

    /**
     * Scans with fresh repository metadata, except on a scan-only server, where nothing may change, and right after an
     * install, which has just used them.
     */
    public ScanResult take(ServerRun run, Server server) {
        boolean justInstalled =
                run.state() == RunState.VERIFYING && run.memory().plan().isPresent();
        boolean refresh = !server.scanOnly() && !justInstalled;
        List<PatchSource> sources = sources(run);
        ScanResult scan = access.scan(server, refresh, sources);
        if (refresh
                && scan.metadataAge().filter(age -> age.compareTo(STALE) > 0).isPresent()) {
            throw new ServerFault(
                    ServerFault.Kind.METADATA,
                    "the package metadata of " + origin(server, sources) + " is still "
                            + scan.metadataAge().get().toHours() + " hours old after it was fetched anew");
        }
        return scan;
    }

    private static String origin(Server server, List<PatchSource> sources) {
        return sources.isEmpty()
                ? server.id().toString()
                : server.id() + " from the baseline's source "
                        + sources.stream().map(PatchSource::name).collect(Collectors.joining(", "));
    }

    /** Those of the frozen baseline are for this very server; before the first scan nobody knows of any. */
    private static List<PatchSource> sources(ServerRun run) {
        return run.memory().frozen().map(frozen -> frozen.content().sources()).orElse(List.of());
    }
}
