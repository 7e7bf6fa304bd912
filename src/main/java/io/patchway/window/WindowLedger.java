package io.patchway.window;

import java.time.Instant;
import java.util.Optional;

/** Remembers which openings of maintenance windows were dealt with, so that each is dealt with once by one node. */
public interface WindowLedger {

    /**
     * Claims one opening.
     *
     * @param outcome what becomes of it, such as {@code OPENED} or {@code MISSED}
     * @return false when it was claimed before, by this node or another
     */
    boolean claimOpening(String window, Instant opensAt, String outcome);

    /**
     * The latest opening that was claimed, not later than an instant. Later ones were claimed while a clock was wrong.
     */
    Optional<Instant> lastOpening(String window, Instant upTo);

    /** Forgets that openings later than an instant were missed: the clock was wrong when they seemed to be over. */
    void forgetMissed(String window, Instant after);
}
