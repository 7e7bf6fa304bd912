package io.patchway.audit;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals what was recorded, and notes the head of the chain outside the database: in a file, and from time to time in
 * the application log, which can be shipped elsewhere. To be called by one thread at a time.
 */
public final class Sealer {
    private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);
    private static final int BATCH = 1000;
    /** Full batches in one call, so that a stop of Patchway is never held up for long. */
    private static final int MOST_BATCHES = 20;

    private static final Duration BETWEEN_LINES = Duration.ofMinutes(10);

    private final AuditTrail trail;
    private final HeadFile file;
    private final Clock clock;
    private Instant nextLine = Instant.MIN;
    private Optional<ChainHead> told = Optional.empty();
    private Instant nextComplaint = Instant.MIN;

    public Sealer(AuditTrail trail, HeadFile file, Clock clock) {
        this.trail = trail;
        this.file = file;
        this.clock = clock;
    }

    /** Seals what waits, and notes the new head. */
    public void seal() throws IOException {
        for (int batch = 0; batch < MOST_BATCHES && trail.seal(BATCH) == BATCH; batch++) {
            LOG.debug("A full batch of audit entries was sealed");
        }
        note(trail.head());
    }

    /**
     * A noted head that the chain no longer holds is never overwritten: it is the proof that something was removed or
     * replaced.
     */
    private void note(ChainHead head) throws IOException {
        Optional<ChainHead> noted = file.read();
        if (noted.isPresent() && !holds(noted.get())) {
            complain(noted.get());
        } else if (noted.isEmpty() || !noted.get().equals(head)) {
            file.write(head);
        }
        if (!told.equals(Optional.of(head)) && !clock.instant().isBefore(nextLine)) {
            LOG.info("Audit log sealed up to entry {}, hash {}", head.sequence(), head.hash());
            told = Optional.of(head);
            nextLine = clock.instant().plus(BETWEEN_LINES);
        }
    }

    private boolean holds(ChainHead noted) {
        ChainHead anchor = trail.anchor();
        if (noted.sequence() <= anchor.sequence()) {
            return noted.sequence() < anchor.sequence() || noted.equals(anchor);
        }
        return trail.entry(noted.sequence())
                .filter(entry -> entry.hash().equals(noted.hash()))
                .isPresent();
    }

    private void complain(ChainHead noted) {
        if (!clock.instant().isBefore(nextComplaint)) {
            LOG.error(
                    "The audit log no longer holds entry {} with the hash that {} notes: entries were removed or"
                            + " replaced. Find out who did it; then move that file away, and a new one is begun",
                    noted.sequence(),
                    file);
            nextComplaint = clock.instant().plus(BETWEEN_LINES);
        }
    }
}
