package io.patchway.run.step;

import io.patchway.run.Operation;
import io.patchway.run.PatchRequest.WindowSpan;
import io.patchway.run.RunLedger;
import io.patchway.run.ServerRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Estimates from earlier runs of a server whether another one would end before its window closes.
 *
 * <p>A server for which even the whole window is too short would never get its turn. It starts all the same, but only
 * in the first half of an opening: so each opening takes it some rounds further, and no run begins that could achieve
 * next to nothing.
 */
final class FitsWindow {
    private static final int MOST_RUNS = 20;
    /** Fewer runs tell nothing. */
    private static final int LEAST_RUNS = 3;

    private static final double SHARE = 0.95;

    private final RunLedger ledger;

    FitsWindow(RunLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * Whether a run may start.
     *
     * @param note why not; or what is worth saying although it starts, else empty
     */
    record Answer(boolean starts, String note) {}

    Answer of(ServerRun run, WindowSpan window, Instant now) {
        if (run.request().operation() != Operation.INSTALL) {
            return new Answer(true, "");
        }
        List<Duration> earlier =
                ledger.installTimes(run.server(), MOST_RUNS).stream().sorted().toList();
        return earlier.size() < LEAST_RUNS ? new Answer(true, "") : compare(earlier, window, now);
    }

    private static Answer compare(List<Duration> sorted, WindowSpan window, Instant now) {
        int rank = (int) Math.ceil(SHARE * sorted.size());
        Duration estimate = sorted.get(rank - 1);
        Duration left = Duration.between(now, window.closes());
        Duration whole = Duration.between(window.opens(), window.closes());
        String needs = "needs about %s (%d of %d earlier runs took no longer)"
                .formatted(minutes(estimate), rank, sorted.size());
        if (estimate.compareTo(left) <= 0) {
            return new Answer(true, "");
        }
        if (estimate.compareTo(whole) <= 0) {
            return new Answer(false, needs + ", " + minutes(left) + " are left");
        }
        String tooShort = needs + "; window " + window.name() + " of " + minutes(whole) + " is too short for it";
        return left.multipliedBy(2).compareTo(whole) < 0
                ? new Answer(false, tooShort + ", so it starts only in the first half of an opening")
                : new Answer(true, tooShort + ", what is left goes on in the next opening");
    }

    /** Rounded up: nobody plans with seconds. */
    private static String minutes(Duration duration) {
        return duration.plusSeconds(59).toMinutes() + " min";
    }
}
