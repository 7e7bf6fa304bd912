package io.patchway.maintenance;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends maintenance modes that are over, and says so: somebody may have forgotten the server. Thread-safe. */
public final class MaintenanceWatch {
    /** How long a mode lasts that was set without an end. */
    public static final Duration LONGEST = Duration.ofHours(24);

    private static final Logger LOG = LoggerFactory.getLogger(MaintenanceWatch.class);

    private final MaintenanceModes modes;
    private final Clock clock;

    public MaintenanceWatch(MaintenanceModes modes, Clock clock) {
        this.modes = modes;
        this.clock = clock;
    }

    /** Looks once, and returns what was ended. */
    public List<MaintenanceMode> look() {
        List<MaintenanceMode> ended = modes.expire(clock.instant());
        ended.forEach(mode -> LOG.warn(
                "Alert: the maintenance mode of {}, which {} entered at {}, has expired",
                mode.server(),
                mode.by(),
                mode.since()));
        return ended;
    }
}
