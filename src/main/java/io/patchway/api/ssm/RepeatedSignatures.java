package io.patchway.api.ssm;

import io.patchway.api.ssm.signature.SignatureCheck;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Recognises calls that somebody has recorded and sends again. Clients sign every attempt anew, but to the second:
 * honest calls that are equal and come in the same second have the same signature. So one that is seen again counts as
 * replayed only some seconds after it was first seen. Signatures that are too old for the clock need not be remembered.
 * Each node knows only what it has seen itself. Thread-safe.
 */
final class RepeatedSignatures {
    /** A second of the client, and time for a proxy to try again. */
    static final Duration GRACE = Duration.ofSeconds(10);

    /** A signature is good for twice the tolerance of the clock: from the one end of it to the other. */
    private static final Duration MEMORY = SignatureCheck.TOLERANCE.multipliedBy(2);

    /** More are not remembered, the oldest are forgotten first. */
    private static final int MOST = 100_000;

    private static final int HEXADECIMAL = 16;

    private final Clock clock;
    private final Map<Long, Instant> firstSeen = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Instant> eldest) {
            return size() > MOST || eldest.getValue().isBefore(clock.instant().minus(MEMORY));
        }
    };

    RepeatedSignatures(Clock clock) {
        this.clock = clock;
    }

    /**
     * Whether a valid signature was seen before, longer ago than honest clients repeat it.
     *
     * @param signature hexadecimal digits, of which the first sixteen count
     */
    synchronized boolean isReplayed(String signature) {
        Instant now = clock.instant();
        long beginning = Long.parseUnsignedLong(signature, 0, HEXADECIMAL, HEXADECIMAL);
        Instant first = firstSeen.putIfAbsent(beginning, now);
        return first != null && first.isBefore(now.minus(GRACE));
    }
}
