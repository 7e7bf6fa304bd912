package io.patchway.api;

import io.patchway.run.Fingerprint;
import io.patchway.run.RunLedger;
import java.time.Clock;

/**
 * Decides when two HTTP requests are one: when they carry the same {@code Idempotency-Key}, or, without a key, when the
 * same requester sends the same body again within ten seconds (and at most twenty).
 */
public final class RepeatedRequests {
    private static final long SPAN_SECONDS = 10;

    private final RunLedger ledger;
    private final Clock clock;

    public RepeatedRequests(RunLedger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** The fingerprint of a request that carries a key. */
    public String byKey(String requester, String key) {
        return Fingerprint.of("api key", requester, key);
    }

    /**
     * The fingerprint of a request without a key: that of an equal one a moment ago, if there was one.
     *
     * @param requester whoever may not be taken for somebody else
     * @param body what must be equal
     */
    public String byContent(String requester, byte[] body) {
        long span = Math.floorDiv(clock.instant().getEpochSecond(), SPAN_SECONDS);
        String content = Fingerprint.of(requester, body);
        String earlier = Fingerprint.of("api content", content, Long.toString(span - 1));
        return ledger.findByFingerprint(earlier).isPresent()
                ? earlier
                : Fingerprint.of("api content", content, Long.toString(span));
    }
}
