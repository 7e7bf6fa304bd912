package io.patchway.routes;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something outside that may be away: told once when it goes and once when it is back, however often it is missed. */
public final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    private final String name;
    private final AtomicBoolean away = new AtomicBoolean();

    /** @param name of what may be away, as an operator knows it */
    public Outage(String name) {
        this.name = name;
    }

    /** It was missed. */
    public void notice(Throwable trouble) {
        if (away.compareAndSet(false, true)) {
            LOG.error("{} is away; it is tried again until it is back. {}", name, trouble.getMessage());
        }
    }

    /** Whether it has been missed and has not answered since. */
    public boolean isAway() {
        return away.get();
    }

    /** It has answered. */
    public void end() {
        if (away.compareAndSet(true, false)) {
            LOG.warn("{} is back", name);
        }
    }
}
