package io.patchway.run.step;

import io.patchway.run.ServerRun;
import io.patchway.scan.ScanResult;
import io.patchway.server.Server;
import java.util.Optional;

/**
 * What travels from step to step inside one node: a run, its server, and the scan once it was taken.
 *
 * @param scan empty before the scan
 */
public record StepWork(ServerRun run, Server server, Optional<ScanResult> scan) {
    public StepWork with(ScanResult taken) {
        return new StepWork(run, server, Optional.of(taken));
    }
}
