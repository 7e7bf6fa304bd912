package io.patchway.run.machine;

import io.patchway.server.ServerId;
import java.util.Collection;
import java.util.Set;

/**
 * Knows on which servers something is being done or is about to be; what waits for its rollout or its window is not.
 */
@FunctionalInterface
public interface BusyServers {
    Set<ServerId> among(Collection<ServerId> servers);
}
