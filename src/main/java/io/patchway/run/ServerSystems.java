package io.patchway.run;

import io.patchway.server.OperatingSystem;
import io.patchway.server.ServerId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** What the newest scans found servers to run. */
public interface ServerSystems {

    /**
     * The operating systems of those of the servers that were scanned; empty for one that no baseline can be written
     * for.
     */
    Map<ServerId, Optional<OperatingSystem>> ofScanned(Collection<ServerId> servers);
}
