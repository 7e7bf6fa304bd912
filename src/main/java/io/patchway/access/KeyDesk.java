package io.patchway.access;

import io.patchway.access.AccessKeys.Replaced;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Issues, replaces and revokes access keys. Thread-safe. */
public final class KeyDesk {
    private static final String PREFIX = "AKIA";
    private static final String ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String SECRET_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final int ID_LENGTH = 16;
    private static final int SECRET_LENGTH = 40;
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._@-]{0,99}");

    private final AccessKeys keys;
    private final MasterKey masterKey;
    private final Runnable changed;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * A new key, and its secret, which is shown this once.
     *
     * @param secret 40 letters and digits
     */
    public record Issued(AccessKey key, String secret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return key.toString();
        }
    }

    /** @param changed told after each change, so that it counts on this node at once */
    public KeyDesk(AccessKeys keys, MasterKey masterKey, Runnable changed, Clock clock) {
        this.keys = keys;
        this.masterKey = masterKey;
        this.changed = changed;
        this.clock = clock;
    }

    /** Every key, also those that are no longer valid. */
    public List<AccessKey> all() {
        return keys.all();
    }

    /**
     * Issues a key.
     *
     * @param account 1 to 100 letters, digits, spaces and {@code . _ @ -}
     * @param validFor empty: until it is revoked
     * @param actor who does it, for the audit log
     * @throws IllegalArgumentException when this cannot be the name of an account
     */
    public Issued issue(String account, Role role, Optional<Duration> validFor, String actor) {
        if (!ACCOUNT.matcher(account).matches()) {
            throw new IllegalArgumentException(
                    "the name of an account is 1 to 100 letters, digits, spaces and . _ @ -");
        }
        Issued issued = make(account, role, validFor.map(clock.instant()::plus));
        keys.add(issued.key(), Optional.empty(), actor);
        changed.run();
        return issued;
    }

    /**
     * Issues a key in the place of another, for the same account with the same role and the same end.
     *
     * @param keepFor how long the other one stays valid at most
     * @return empty when there is no such key, or it is no longer valid
     */
    public Optional<Issued> rotate(String id, Duration keepFor, String actor) {
        Instant now = clock.instant();
        Optional<AccessKey> old = find(id).filter(key -> key.isValidAt(now));
        return old.map(key -> {
            Issued issued = make(key.account(), key.role(), key.expiresAt());
            Instant end = now.plus(keepFor);
            keys.add(issued.key(), Optional.of(new Replaced(id, earlier(key.expiresAt(), end))), actor);
            changed.run();
            return issued;
        });
    }

    /**
     * Has a key refused from now on; other nodes that remember it do so a few seconds longer.
     *
     * @return whether there was such a key, and it was not revoked already
     */
    public boolean revoke(String id, String actor) {
        boolean revoked = keys.revoke(id, actor, clock.instant());
        changed.run();
        return revoked;
    }

    private Optional<AccessKey> find(String id) {
        return keys.all().stream().filter(key -> key.id().equals(id)).findFirst();
    }

    private Issued make(String account, Role role, Optional<Instant> end) {
        String id = PREFIX + random(ID_LETTERS, ID_LENGTH);
        String secret = random(SECRET_LETTERS, SECRET_LENGTH);
        String sealed = masterKey.seal(secret, id);
        AccessKey key =
                new AccessKey(id, account, role, sealed, clock.instant(), end, Optional.empty(), Optional.empty());
        return new Issued(key, secret);
    }

    private String random(String letters, int length) {
        StringBuilder text = new StringBuilder(length);
        random.ints(length, 0, letters.length()).forEach(index -> text.append(letters.charAt(index)));
        return text.toString();
    }

    private static Instant earlier(Optional<Instant> given, Instant other) {
        return given.filter(time -> time.isBefore(other)).orElse(other);
    }
}
