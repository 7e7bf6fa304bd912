package io.patchway.run;

import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Servers that did not return from a reboot in time. Their runs have ended, but they are still looked for. */
public interface Absences {

    /**
     * Claims servers that are due to be looked for, the longest due first. A claim that is not answered is due again
     * after its lease.
     */
    List<Absence> claimDue(int limit, Duration lease, Instant now);

    /** Lets a server be looked for again later. */
    void lookAgain(Absence absence, Instant next);

    /**
     * Records that a server is back after all: a line in the time line of its run and one mail for the request, however
     * many of its servers come back late.
     *
     * @param note the line
     * @param mailAt when the mail is due; it names all that are back by then
     * @return whether anybody is told; false when a user's own maintenance mode silences the alert, and when this was
     *     recorded before
     */
    boolean returned(Absence absence, String note, Instant mailAt, Instant now);

    /**
     * Records that nobody looks any more, with a line in the time line.
     *
     * @return whether this calls for a person, as with {@link #returned}
     */
    boolean giveUp(Absence absence, String note, Instant now);

    /**
     * A server that is away.
     *
     * @param bootId the boot that it ran before its reboot
     * @param since when its run ended
     * @param until when looking for it ends
     */
    record Absence(RunId run, ServerId server, String bootId, Instant since, Instant until) {}
}
