package io.patchway.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what is older than the rule says, in small transactions, on one node at a time. */
public final class Pruner {
    private static final Logger LOG = LoggerFactory.getLogger(Pruner.class);
    private static final int RUNS = 200;
    private static final int ENTRIES = 1000;
    private static final int MOST_BATCHES = 500;
    /** Longer than all batches of a kind take. */
    private static final Duration TERM = Duration.ofMinutes(30);

    private final Archive archive;
    private final RetentionRule rule;
    private final Clock clock;

    public Pruner(Archive archive, RetentionRule rule, Clock clock) {
        this.archive = archive;
        this.rule = rule;
        this.clock = clock;
    }

    /** Prunes what is due now; what is left over is pruned at the next call. */
    public void prune() {
        repeat("details", () -> archive.pruneDetails(before(rule.detail()), RUNS, clock.instant()));
        repeat("history", () -> archive.pruneHistory(before(rule.history()), RUNS, clock.instant()));
        rule.audit()
                .ifPresent(age -> repeat("audit log", () -> archive.pruneAudit(before(age), ENTRIES, clock.instant())));
    }

    private Instant before(Duration age) {
        return clock.instant().minus(age);
    }

    private void repeat(String what, BooleanSupplier batch) {
        int batches = 0;
        while (batches < MOST_BATCHES && archive.takeDuty(TERM, clock.instant()) && batch.getAsBoolean()) {
            batches++;
        }
        if (batches > 0) {
            LOG.info("Retention: {} pruned in {} steps", what, batches);
        }
    }
}
