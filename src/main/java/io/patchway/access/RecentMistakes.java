package io.patchway.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The last wrong password of each user and network, for some seconds: clients that send a refused login again by
 * themselves, as those of CenturyLink do up to four times, have guessed once. Kept under a key of this process, never
 * as they were. Thread-safe.
 */
final class RecentMistakes {
    /** A client has given up by then. */
    static final Duration SPAN = Duration.ofSeconds(30);

    private static final String HMAC = "HmacSHA256";
    private static final int MOST = 10_000;

    private final Clock clock;
    private final SecretKeySpec key;
    private final Map<String, Mistake> last = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Mistake> eldest) {
            return size() > MOST;
        }
    };

    private record Mistake(byte[] code, Instant at) {}

    RecentMistakes(Clock clock) {
        this.clock = clock;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, HMAC);
    }

    /** @param against what the password was compared with; against something else it is no repetition */
    boolean isRepeated(String who, String password, String against) {
        byte[] code = code(password, against);
        synchronized (last) {
            Mistake mistake = last.get(who);
            return mistake != null
                    && mistake.at().plus(SPAN).isAfter(clock.instant())
                    && MessageDigest.isEqual(mistake.code(), code);
        }
    }

    void note(String who, String password, String against) {
        Mistake mistake = new Mistake(code(password, against), clock.instant());
        synchronized (last) {
            last.put(who, mistake);
        }
    }

    private byte[] code(String password, String against) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            mac.update(against.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }
}
