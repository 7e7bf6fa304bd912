package io.patchway.api.web;

import io.patchway.run.Fingerprint;
import io.patchway.run.RunLedger;
import java.time.Clock;

/**
 * Decides when two HTTP requests are one: when they carry the same {@code Idempotency-Key}, or, without a key, when the
 * same requester sends the same body again within ten seconds (and at most twenty).
 */
final class RepeatedRequests {
    private static final long SPAN_SECONDS = 10;

    private final RunLedger ledger;
    private final Clock clock;

    RepeatedRequests(RunLedger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    String byKey(String requester, String key) {
        return Fingerprint.of("api key", requester, key);
    }

    String byContent(String requester, byte[] body) {
        long span = Math.floorDiv(clock.instant().getEpochSecond(), SPAN_SECONDS);
        String content = Fingerprint.of(requester, body);
        String earlier = Fingerprint.of("api content", content, Long.toString(span - 1));
        return ledger.findByFingerprint(earlier).isPresent()
                ? earlier
                : Fingerprint.of("api content", content, Long.toString(span));
    }
}
