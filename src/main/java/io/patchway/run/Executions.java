package io.patchway.run;

import io.patchway.server.ServerId;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Server runs, for those who follow them one by one. Cheap to ask. */
public interface Executions {

    /** Where the run of this number stands. */
    Optional<ExecutionStanding> find(ExecutionNumber number);

    /** Those of the servers for which a run to install has not ended, whether it works or waits. */
    Set<ServerId> beingPatched(Collection<ServerId> servers);
}
