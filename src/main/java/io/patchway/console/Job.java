package io.patchway.console;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A scan or a deployment as the console was asked for it.
 *
 * @param id ordered by time
 * @param name 1 to 1,000 characters; others may have the same
 * @param template the template that it was started with
 * @param scan the scan that a deployment installs the missing patches of
 * @param user who asked for it
 * @param startedAt when, cut to milliseconds, which is what is told
 * @param options what else was said, by name
 */
public record Job(
        UUID id,
        JobKind kind,
        String name,
        UUID template,
        Optional<UUID> scan,
        String user,
        Instant startedAt,
        Map<String, String> options) {

    public Job {
        startedAt = startedAt.truncatedTo(ChronoUnit.MILLIS);
        options = Map.copyOf(options);
    }

    /** The identity of the request that does the work. */
    public String fingerprint() {
        return "console " + id;
    }
}
