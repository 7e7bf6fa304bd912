package io.patchway.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes passwords with Argon2id, in the form {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash} that other programs read
 * too; so the parameters can be raised later, and what was hashed before still counts. Each takes a good part of a
 * tenth of a second of one processor and 19 MiB, and only a few are computed at once. Thread-safe.
 */
public final class PasswordHashes {
    private static final Pattern FORM =
            Pattern.compile("\\$argon2id\\$v=19\\$m=([1-9][0-9]{0,7}),t=([1-9][0-9]?),p=([1-9])\\$([^$]+)\\$([^$]+)");
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int PATIENCE_SECONDS = 8;

    private final Cost cost;
    private final Semaphore places;
    private final SecureRandom random = new SecureRandom();
    private final String nobodys;

    /**
     * What computing a hash costs.
     *
     * @param kibibytes of memory
     * @param passes over that memory
     */
    public record Cost(int kibibytes, int passes) {
        /** What OWASP's Password Storage Cheat Sheet asks for. */
        public static final Cost RECOMMENDED = new Cost(19_456, 2);
    }

    private record Parts(Cost cost, int lanes, byte[] salt, byte[] hash) {}

    /** @param atOnce how many are computed at once; others wait */
    public PasswordHashes(Cost cost, int atOnce) {
        this.cost = cost;
        this.places = new Semaphore(atOnce, true);
        this.nobodys = hash(Long.toHexString(random.nextLong()));
    }

    /** With the recommended cost, on half of the processors at most. */
    public static PasswordHashes recommended() {
        return new PasswordHashes(
                Cost.RECOMMENDED, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    /**
     * The hash of a password, with a salt of its own.
     *
     * @throws TooManyHashesException when too many are waiting
     */
    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] hash = computed(password, cost, 1, salt, HASH_BYTES);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + cost.kibibytes() + ",t=" + cost.passes() + ",p=1$" + base64.encodeToString(salt)
                + "$" + base64.encodeToString(hash);
    }

    /**
     * Whether this is the hash of a password.
     *
     * @throws TooManyHashesException when too many are waiting
     */
    public boolean matches(String password, String hash) {
        Parts parts = parts(hash);
        byte[] given = computed(password, parts.cost(), parts.lanes(), parts.salt(), parts.hash().length);
        return MessageDigest.isEqual(given, parts.hash());
    }

    /** Takes as long as {@link #matches} for a user that does not exist. */
    public void matchNobody(String password) {
        matches(password, nobodys);
    }

    /** Whether a hash was made at another cost than hashes are made now. */
    public boolean isOutdated(String hash) {
        return !parts(hash).cost().equals(cost);
    }

    private static Parts parts(String hash) {
        Matcher form = FORM.matcher(hash);
        if (!form.matches()) {
            throw new IllegalStateException("the store holds something that is no hash of a password");
        }
        Cost cost = new Cost(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
        Base64.Decoder base64 = Base64.getDecoder();
        return new Parts(
                cost, Integer.parseInt(form.group(3)), base64.decode(form.group(4)), base64.decode(form.group(5)));
    }

    private byte[] computed(String password, Cost at, int lanes, byte[] salt, int length) {
        takePlace();
        try {
            Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
            argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(at.kibibytes())
                    .withIterations(at.passes())
                    .withParallelism(lanes)
                    .withSalt(salt)
                    .build());
            byte[] hash = new byte[length];
            argon2.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
            return hash;
        } finally {
            places.release();
        }
    }

    private void takePlace() {
        try {
            if (places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new TooManyHashesException();
    }
}
