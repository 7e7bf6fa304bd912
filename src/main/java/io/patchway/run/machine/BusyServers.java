package io.patchway.run.machine;

import io.patchway.server.ServerId;
import java.util.Collection;
import java.util.Set;

/** Knows on which servers something is being done, or waits to be done. */
@FunctionalInterface
public interface BusyServers {
    Set<ServerId> among(Collection<ServerId> servers);
}
