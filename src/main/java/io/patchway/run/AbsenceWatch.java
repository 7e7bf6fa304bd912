package io.patchway.run;

import io.patchway.run.Absences.Absence;
import io.patchway.server.Inventory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for servers that did not return from a reboot in time: each minute for an hour, then each five minutes, for a
 * day. The verdict stays as it is; whether the server is back is news all the same.
 */
public final class AbsenceWatch {
    /** How the line of the time line begins that says that a server is back. */
    public static final String RETURNED = "returned late";

    private static final Logger LOG = LoggerFactory.getLogger(AbsenceWatch.class);
    private static final int MOST_AT_ONCE = 100;
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration SOON = Duration.ofHours(1);
    private static final Duration SHORT_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONG_PAUSE = Duration.ofMinutes(5);

    /** Servers that went away together come back together: one mail shall name them all. */
    private static final Duration GATHERING = Duration.ofMinutes(2);

    private final Absences absences;
    private final Inventory inventory;
    private final ServerAccess access;
    private final Clock clock;

    public AbsenceWatch(Absences absences, Inventory inventory, ServerAccess access, Clock clock) {
        this.absences = absences;
        this.inventory = inventory;
        this.access = access;
        this.clock = clock;
    }

    public List<Absence> claimDue() {
        return absences.claimDue(MOST_AT_ONCE, LEASE, clock.instant());
    }

    /** Looks for one server, once. */
    public void lookFor(Absence absence) {
        Optional<String> boot = boot(absence);
        Instant now = clock.instant();
        Duration away = Duration.between(absence.since(), now);
        if (boot.isPresent() && !boot.get().equals(absence.bootId())) {
            String note = RETURNED + ": back with a new boot id, " + away.toMinutes() + " min after the verdict";
            tell(absence, note, absences.returned(absence, note, now.plus(GATHERING), now));
        } else if (!now.isBefore(absence.until())) {
            String note = "not back within " + away.toHours() + " h after the verdict; no longer looked for";
            tell(absence, note, absences.giveUp(absence, note, now));
        } else {
            absences.lookAgain(absence, now.plus(away.compareTo(SOON) < 0 ? SHORT_PAUSE : LONG_PAUSE));
        }
    }

    private static void tell(Absence absence, String note, boolean alert) {
        if (alert) {
            LOG.warn("Alert: {} {}", absence.server(), note);
        } else {
            LOG.debug("{} {}", absence.server(), note);
        }
    }

    /** A server that cannot be asked, for whatever reason, is not back. */
    private Optional<String> boot(Absence absence) {
        try {
            return inventory.find(absence.server()).map(access::bootId);
        } catch (ServerFault fault) {
            LOG.debug("{} is still away: {}", absence.server(), fault.getMessage());
            return Optional.empty();
        }
    }
}
