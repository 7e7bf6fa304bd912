package io.patchway.window;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/** When a time on the wall of a zone really is. */
final class LocalClock {
    private LocalClock() {}

    /**
     * The instant of a local time. One that the clocks skip is the first instant after the gap; one that they show
     * twice is the first of the two.
     */
    static Instant instantOf(LocalDateTime local, ZoneId zone) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        if (transition != null && transition.isGap()) {
            return transition.getInstant();
        }
        return local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }
}
