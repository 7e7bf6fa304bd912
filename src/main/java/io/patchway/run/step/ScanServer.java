package io.patchway.run.step;

import io.patchway.run.RunState;
import io.patchway.run.ServerAccess;
import io.patchway.run.ServerRun;
import io.patchway.scan.ScanResult;
import io.patchway.server.Server;

/** Scans the server of a run. */
public final class ScanServer {
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
        return access.scan(server, !server.scanOnly() && !justInstalled);
    }
}
