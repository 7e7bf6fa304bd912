package io.patchway.access;

import io.patchway.access.Users.Change;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Adds and changes users. Thread-safe. */
public final class UserDesk {
    private static final String PASSWORD_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";
    private static final int PASSWORD_LENGTH = 24;

    private final Users users;
    private final PasswordHashes hashes;
    private final Runnable changed;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * A user that was added or given a password.
     *
     * @param generated the password when it was made here; it is shown this once
     */
    public record Admitted(UserAccount account, Optional<String> generated) {
        /** Without the password. */
        @Override
        public String toString() {
            return account.toString();
        }
    }

    /** @param changed told after each change, so that it counts on this node at once */
    public UserDesk(Users users, PasswordHashes hashes, Runnable changed, Clock clock) {
        this.users = users;
        this.hashes = hashes;
        this.changed = changed;
        this.clock = clock;
    }

    /** Every user, also those that are disabled. */
    public List<UserAccount> all() {
        return users.all();
    }

    /** The user with this name, in any letter case. */
    public Optional<UserAccount> find(String name) {
        return users.find(name);
    }

    /**
     * Adds a user.
     *
     * @param password empty: one is made at random
     * @param actor who does it, for the audit log
     * @return empty when the name is taken
     * @throws IllegalArgumentException when the name, an alias, the e-mail address or the password cannot be one
     */
    public Optional<Admitted> add(User user, Optional<String> password, String actor) {
        UserRules.check(user);
        password.ifPresent(given -> UserRules.checkPassword(given, user.name()));
        String secret = password.orElseGet(this::newPassword);
        Instant now = now();
        UserAccount account =
                new UserAccount(user, hashes.hash(secret), UserStamp.fresh(random), now, now, Optional.empty());
        if (!users.add(account, actor)) {
            return Optional.empty();
        }
        changed.run();
        return Optional.of(new Admitted(account, password.isPresent() ? Optional.empty() : Optional.of(secret)));
    }

    /**
     * What shall be different about a user; what is empty stays.
     *
     * @param aliases in any letter case; an empty set: all
     * @param email empty text: none any more
     */
    public record Edit(Optional<Role> role, Optional<Set<String>> aliases, Optional<String> email) {
        User of(User present) {
            return new User(
                    present.name(),
                    role.orElse(present.role()),
                    aliases.orElse(present.aliases()),
                    email.isEmpty() ? present.email() : email.filter(address -> !address.isEmpty()));
        }
    }

    /**
     * Changes the role, the aliases or the e-mail address.
     *
     * @return empty when there is no such user
     * @throws IllegalArgumentException when an alias or the e-mail address cannot be one
     */
    public Optional<UserAccount> change(String name, Edit edit, String actor) {
        return change(
                name,
                present -> {
                    User edited = edit.of(present.user());
                    UserRules.check(edited);
                    return new Change(
                            present.with(edited),
                            "user.changed",
                            UserRules.described(present.user()) + " → " + UserRules.described(edited));
                },
                actor);
    }

    /**
     * Gives a user another password and ends its tokens.
     *
     * @param password empty: one is made at random
     * @return empty when there is no such user
     * @throws IllegalArgumentException when it cannot be a password
     */
    public Optional<Admitted> setPassword(String name, Optional<String> password, String actor) {
        password.ifPresent(given -> UserRules.checkPassword(given, name));
        String secret = password.orElseGet(this::newPassword);
        String hash = hashes.hash(secret);
        String stamp = UserStamp.fresh(random);
        Instant now = now();
        Optional<UserAccount> account = change(
                name,
                present -> new Change(
                        present.withPassword(hash, now).withStamp(stamp), "user.password-set", "its tokens end"),
                actor);
        return account.map(given -> new Admitted(given, password.isPresent() ? Optional.empty() : Optional.of(secret)));
    }

    /**
     * Has a user refused from now on, and ends its tokens.
     *
     * @return empty when there is no such user
     */
    public Optional<UserAccount> disable(String name, String actor) {
        String stamp = UserStamp.fresh(random);
        Optional<Instant> now = Optional.of(now());
        return change(
                name,
                present -> new Change(
                        present.withStamp(stamp)
                                .withDisabled(present.disabledAt().or(() -> now)),
                        "user.disabled",
                        "its tokens end"),
                actor);
    }

    /**
     * Lets a user in again; the tokens that it had do not count again.
     *
     * @return empty when there is no such user
     */
    public Optional<UserAccount> enable(String name, String actor) {
        return change(name, present -> new Change(present.withDisabled(Optional.empty()), "user.enabled", ""), actor);
    }

    /**
     * Ends all tokens of a user; other nodes that remember them do so a few seconds later.
     *
     * @return empty when there is no such user
     */
    public Optional<UserAccount> revokeTokens(String name, String actor) {
        String stamp = UserStamp.fresh(random);
        return change(name, present -> new Change(present.withStamp(stamp), "user.tokens-revoked", ""), actor);
    }

    private Optional<UserAccount> change(String name, Function<UserAccount, Change> change, String actor) {
        Optional<UserAccount> account = users.change(name, change, actor);
        changed.run();
        return account;
    }

    /** As exactly as the store keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private String newPassword() {
        StringBuilder text = new StringBuilder(PASSWORD_LENGTH);
        random.ints(PASSWORD_LENGTH, 0, PASSWORD_LETTERS.length())
                .forEach(index -> text.append(PASSWORD_LETTERS.charAt(index)));
        return text.toString();
    }
}
