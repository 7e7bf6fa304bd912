package io.patchway.access;

import io.patchway.access.PasswordSignIn.Admitted;
import io.patchway.access.PasswordSignIn.Answer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs in with a name and a password that come with every single call: checking a password is costly on purpose, and
 * one that was right a moment ago is right still, unless the user was changed meanwhile. Of passwords nothing is kept
 * but a keyed hash, whose key is new in every process. Thread-safe.
 */
public final class RememberedSignIn {
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final int MOST = 10_000;
    private static final String ALGORITHM = "HmacSHA256";

    private final PasswordSignIn signIn;
    private final Users users;
    private final Clock clock;
    private final SecretKeySpec key;
    private final Map<String, Remembered> remembered = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
            return size() > MOST;
        }
    };

    /** @param hash that the password was right for */
    private record Remembered(String hash, Instant until) {}

    public RememberedSignIn(PasswordSignIn signIn, Users users, Clock clock) {
        this.signIn = signIn;
        this.users = users;
        this.clock = clock;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, ALGORITHM);
    }

    /** As {@link PasswordSignIn#check}. */
    public Answer check(String door, String name, String password, String address) {
        String fingerprint = fingerprint(name, password);
        Optional<UserAccount> known = known(fingerprint, name);
        if (known.isPresent()) {
            return new Admitted(known.get());
        }
        Answer answer = signIn.check(door, name, password, address);
        if (answer instanceof Admitted admitted) {
            remember(fingerprint, admitted.account().passwordHash());
        }
        return answer;
    }

    private Optional<UserAccount> known(String fingerprint, String name) {
        Remembered found;
        synchronized (remembered) {
            found = remembered.get(fingerprint);
        }
        if (found == null || clock.instant().isAfter(found.until())) {
            return Optional.empty();
        }
        return users.find(name)
                .filter(UserAccount::isEnabled)
                .filter(account -> account.passwordHash().equals(found.hash()));
    }

    /**
     * The hash is the one that was checked: the password may have been changed since. One that the sign-in itself has
     * renewed is not remembered until the next time.
     */
    private void remember(String fingerprint, String hash) {
        synchronized (remembered) {
            remembered.put(fingerprint, new Remembered(hash, clock.instant().plus(LIFE)));
        }
    }

    private String fingerprint(String name, String password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(UserAccount.key(name).getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return new String(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)), StandardCharsets.ISO_8859_1);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
