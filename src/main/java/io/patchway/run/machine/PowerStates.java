package io.patchway.run.machine;

import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.List;

/** Remembers which machines were stopped or paused through Patchway; every other one is taken for started. */
public interface PowerStates {

    PowerState stateOf(ServerId server);

    /** Remembers a state; {@link PowerState#STARTED} forgets that the machine was stopped or paused. */
    void remember(ServerId server, PowerState state, Instant now);

    /** The servers whose machines are not started. */
    List<ServerId> notStarted();
}
