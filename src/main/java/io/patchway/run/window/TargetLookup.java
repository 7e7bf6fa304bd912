package io.patchway.run.window;

import io.patchway.server.ServerId;
import java.util.List;

/** Finds the servers that conditions mean at this moment. */
@FunctionalInterface
public interface TargetLookup {
    /** The servers that fulfil all conditions, ordered by id. */
    List<ServerId> servers(List<TargetEntry> entries);
}
