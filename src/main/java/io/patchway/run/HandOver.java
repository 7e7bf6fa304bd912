package io.patchway.run;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * How far a run is handed over to the site that patches its server. It is committed before the order is sent, so that
 * no crash can lead to a second one.
 *
 * @param scriptPackage what is asked for
 * @param newestBefore the newest execution in the site's history when the run began; empty: there was none
 * @param repeatable whether the site gives the same operation for the same order, however often that is sent
 * @param begunAt when the order was first sent; empty as long as it surely was not
 * @param operation what the site calls the operation; empty until that is known
 * @param looks how often the site was asked about the operation
 * @param end how the site says that the operation ended; empty until it did
 * @param attemptsTold how many of the site's attempts are in the time line
 * @param cancelTold whether the time line says that the operation cannot be called back
 */
public record HandOver(
        UUID scriptPackage,
        Optional<String> newestBefore,
        boolean repeatable,
        Optional<Instant> begunAt,
        Optional<String> operation,
        int looks,
        Optional<RemoteSite.End> end,
        int attemptsTold,
        boolean cancelTold) {

    /** Nothing was sent yet. */
    public static HandOver planned(UUID scriptPackage, RemoteSite.Ready site) {
        return new HandOver(
                scriptPackage,
                site.newestExecution(),
                site.repeatable(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                0,
                false);
    }

    /** From now on nobody knows whether the order was sent, until the site tells. */
    public HandOver begun(Instant now) {
        return new HandOver(
                scriptPackage,
                newestBefore,
                repeatable,
                begunAt.or(() -> Optional.of(now)),
                operation,
                looks,
                end,
                attemptsTold,
                cancelTold);
    }

    public HandOver acceptedAs(String name) {
        return new HandOver(
                scriptPackage,
                newestBefore,
                repeatable,
                begunAt,
                Optional.of(name),
                looks,
                end,
                attemptsTold,
                cancelTold);
    }

    public HandOver lookedAt() {
        return new HandOver(
                scriptPackage, newestBefore, repeatable, begunAt, operation, looks + 1, end, attemptsTold, cancelTold);
    }

    public HandOver ended(RemoteSite.End how) {
        return new HandOver(
                scriptPackage,
                newestBefore,
                repeatable,
                begunAt,
                operation,
                0,
                Optional.of(how),
                attemptsTold,
                cancelTold);
    }

    public HandOver toldAttempt() {
        return new HandOver(
                scriptPackage, newestBefore, repeatable, begunAt, operation, looks, end, attemptsTold + 1, cancelTold);
    }

    public HandOver toldOfCancel() {
        return new HandOver(
                scriptPackage, newestBefore, repeatable, begunAt, operation, looks, end, attemptsTold, true);
    }
}
