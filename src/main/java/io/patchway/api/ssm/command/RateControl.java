package io.patchway.api.ssm.command;

import io.patchway.rollout.Rollout;
import io.patchway.rollout.Share;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How many servers a command works on at once, and how many may fail before it starts no more.
 *
 * @param maxConcurrency a number, or a percentage of the servers that are meant
 * @param maxErrors likewise; 0: the first failure is enough
 */
public record RateControl(String maxConcurrency, String maxErrors) {
    private static final String USUAL_CONCURRENCY = "50";
    private static final String USUAL_ERRORS = "0";
    /** More servers than any request has, in as many digits as can be read. */
    private static final String ALL = "999999";

    /** What was asked for, else what a command has that says nothing. */
    public static RateControl of(Optional<String> maxConcurrency, Optional<String> maxErrors) {
        return new RateControl(maxConcurrency.orElse(USUAL_CONCURRENCY), maxErrors.orElse(USUAL_ERRORS));
    }

    public Rollout rollout() {
        return new Rollout(
                Optional.of(share(maxConcurrency)),
                Optional.of(share(maxErrors)),
                Optional.empty(),
                List.of(),
                Duration.ZERO,
                Optional.empty(),
                List.of(),
                true);
    }

    /**
     * The same for so many servers: where all may start at once, nothing ever holds one back.
     *
     * @param servers 0 when they are not known yet
     */
    Rollout rolloutOver(int servers) {
        boolean atOnce = servers > 0 && rollout().concurrency(servers) >= servers;
        return atOnce ? Rollout.ALL_AT_ONCE : rollout();
    }

    private static Share share(String text) {
        return Share.of(text.endsWith("%") || text.length() <= ALL.length() ? text : ALL);
    }
}
