package io.patchway.access;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What is kept of a user.
 *
 * @param passwordHash as {@link PasswordHashes} made it
 * @param tokenStamp what tokens of this user must carry; random, and changed whenever all of them end
 * @param passwordSetAt when the password was given
 * @param disabledAt since then the user is refused
 */
public record UserAccount(
        User user,
        String passwordHash,
        String tokenStamp,
        Instant createdAt,
        Instant passwordSetAt,
        Optional<Instant> disabledAt) {

    /** What names are compared by. */
    public static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The user's name as names are compared. */
    public String key() {
        return key(user.name());
    }

    /** Whether the user may sign in, and its tokens count. */
    public boolean isEnabled() {
        return disabledAt.isEmpty();
    }

    UserAccount with(User changed) {
        return new UserAccount(changed, passwordHash, tokenStamp, createdAt, passwordSetAt, disabledAt);
    }

    UserAccount withPassword(String hash, Instant now) {
        return new UserAccount(user, hash, tokenStamp, createdAt, now, disabledAt);
    }

    UserAccount withStamp(String stamp) {
        return new UserAccount(user, passwordHash, stamp, createdAt, passwordSetAt, disabledAt);
    }

    UserAccount withDisabled(Optional<Instant> since) {
        return new UserAccount(user, passwordHash, tokenStamp, createdAt, passwordSetAt, since);
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return user.name() + ", " + user.role() + (isEnabled() ? "" : ", disabled");
    }
}
