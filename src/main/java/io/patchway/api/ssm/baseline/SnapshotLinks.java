package io.patchway.api.ssm.baseline;

import io.patchway.baseline.KeptSnapshots.Kept;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Addresses under which a snapshot can be fetched for a day without signing in; nobody can guess or prolong one. */
public final class SnapshotLinks {
    static final Duration LIFE = Duration.ofHours(24);
    private static final String ALGORITHM = "HmacSHA256";

    private final Supplier<String> address;
    private final Clock clock;

    /** @param address where this Patchway is reached, without a slash at the end */
    public SnapshotLinks(Supplier<String> address, Clock clock) {
        this.address = address;
        this.clock = clock;
    }

    String of(Kept snapshot) {
        long expires = clock.instant().plus(LIFE).getEpochSecond();
        return address.get() + "/snapshots/" + snapshot.id() + "?expires=" + expires + "&signature="
                + signature(snapshot, expires);
    }

    /** Whether a link was given out by this Patchway and is still good. */
    boolean isGood(Kept snapshot, long expires, String signature) {
        boolean signed = MessageDigest.isEqual(
                signature(snapshot, expires).getBytes(StandardCharsets.UTF_8),
                signature.getBytes(StandardCharsets.UTF_8));
        return signed && clock.instant().isBefore(Instant.ofEpochSecond(expires));
    }

    private static String signature(Kept snapshot, long expires) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(snapshot.secret()), ALGORITHM));
            byte[] signed = mac.doFinal((snapshot.id() + "\n" + expires).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
