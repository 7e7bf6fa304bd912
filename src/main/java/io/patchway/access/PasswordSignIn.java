package io.patchway.access;

import io.patchway.audit.AuditLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Signs users in by name and password, for every API that asks for them. It never tells whether there is such a user,
 * also not by the time that it takes. Guessing is limited ({@link GuessLimits}), and each refusal has a line in the
 * audit log, except those of a network that has had very many within a minute. Thread-safe.
 */
public final class PasswordSignIn {
    private static final Duration BETWEEN_NOTES = Duration.ofHours(12);
    private static final int MOST_NOTED = 10_000;
    private static final int MOST_LINES = 600;

    private final Users users;
    private final PasswordHashes hashes;
    private final AuditLog audit;
    private final Clock clock;
    private final GuessLimits limits;
    private final RecentMistakes mistakes;
    private final Tally lines;
    private final Map<String, Instant> noted = new ConcurrentHashMap<>();

    /** How an attempt ended. */
    public sealed interface Answer {}

    /** The password is this user's, who is not disabled. */
    public record Admitted(UserAccount account) implements Answer {}

    /** There is no such user, or it has another password, or it is disabled. */
    public record Refused() implements Answer {}

    /**
     * There were too many wrong attempts; this one was not looked at.
     *
     * @param pause until the next one may be made
     */
    public record TooMany(Duration pause) implements Answer {}

    /** An attempt. */
    private record Attempt(String door, String name, String address, String key, String network) {
        /** All names that no user can have are one. */
        static Attempt of(String door, String name, String address) {
            String key = UserRules.isName(name) ? UserAccount.key(name) : "";
            return new Attempt(door, name, address, key, CallerNetwork.of(address));
        }

        String both() {
            return network + " " + key;
        }
    }

    public PasswordSignIn(Users users, PasswordHashes hashes, AuditLog audit, Clock clock) {
        this.users = users;
        this.hashes = hashes;
        this.audit = audit;
        this.clock = clock;
        this.limits = new GuessLimits(clock);
        this.mistakes = new RecentMistakes(clock);
        this.lines = new Tally(MOST_LINES, Duration.ofMinutes(1), clock);
    }

    /**
     * Checks a name, in any letter case, and a password.
     *
     * @param door the API that asks, for the audit log, such as {@code clc}
     * @param address of the caller
     * @throws TooManyHashesException when too many passwords are being checked at the moment
     */
    public Answer check(String door, String name, String password, String address) {
        Attempt attempt = Attempt.of(door, name, address);
        Optional<UserAccount> account = users.find(attempt.key());
        String against =
                account.map(found -> found.passwordHash() + found.isEnabled()).orElse("");
        if (mistakes.isRepeated(attempt.both(), password, against)) {
            return refused(attempt, "the same wrong password again");
        }
        Optional<TooMany> tooMany = begin(attempt);
        if (tooMany.isPresent()) {
            return tooMany.get();
        }
        if (!isRight(attempt, account, password)) {
            mistakes.note(attempt.both(), password, against);
            return refused(attempt, account.isEmpty() ? "there is no such user" : "wrong password");
        }
        Answer answer = admitted(attempt, account.orElseThrow());
        if (answer instanceof Admitted && hashes.isOutdated(account.get().passwordHash())) {
            users.renewHash(attempt.name(), account.get().passwordHash(), hashes.hash(password));
        }
        return answer;
    }

    /**
     * Checks a name, in any letter case, and something that only who knows the password can have made, under the same
     * limits.
     *
     * @param proof whether the sender knows the password of the user with this name, of which there may be none
     */
    public Answer checkProof(String door, String name, BooleanSupplier proof, String address) {
        Attempt attempt = Attempt.of(door, name, address);
        Optional<TooMany> tooMany = begin(attempt);
        if (tooMany.isPresent()) {
            return tooMany.get();
        }
        boolean right;
        Optional<UserAccount> account;
        try {
            right = proof.getAsBoolean();
            account = users.find(attempt.key());
        } catch (RuntimeException e) {
            limits.didNotHappen(attempt.key(), attempt.network());
            throw e;
        }
        return right && account.isPresent()
                ? admitted(attempt, account.get())
                : refused(attempt, "wrong password, or a user who may not sign in this way");
    }

    private Optional<TooMany> begin(Attempt attempt) {
        boolean known = limits.asksForKnownNetwork(attempt.key(), attempt.network())
                && users.isKnownNetwork(attempt.key(), attempt.network());
        Optional<Duration> wait = limits.begin(attempt.key(), attempt.network(), known);
        wait.ifPresent(pause -> record(attempt, "too many wrong passwords; wait " + pause.toSeconds() + " s"));
        return wait.map(TooMany::new);
    }

    private boolean isRight(Attempt attempt, Optional<UserAccount> account, String password) {
        try {
            if (account.isEmpty()) {
                hashes.matchNobody(password);
                return false;
            }
            return hashes.matches(password, account.get().passwordHash());
        } catch (TooManyHashesException e) {
            limits.didNotHappen(attempt.key(), attempt.network());
            throw e;
        }
    }

    private Answer admitted(Attempt attempt, UserAccount account) {
        limits.wasRight(attempt.key(), attempt.network());
        if (!account.isEnabled()) {
            return refused(attempt, "the user is disabled");
        }
        noteNetwork(attempt);
        return new Admitted(account);
    }

    private void noteNetwork(Attempt attempt) {
        Instant now = clock.instant();
        Instant last = noted.getOrDefault(attempt.both(), Instant.MIN);
        if (last.isBefore(now.minus(BETWEEN_NOTES))) {
            if (noted.size() >= MOST_NOTED) {
                noted.clear();
            }
            users.noteNetwork(attempt.name(), attempt.network(), now);
            noted.put(attempt.both(), now);
        }
    }

    private Answer refused(Attempt attempt, String reason) {
        record(attempt, reason);
        return new Refused();
    }

    private void record(Attempt attempt, String reason) {
        synchronized (lines) {
            if (lines.wait(attempt.network()).isPresent()) {
                return;
            }
            lines.add(attempt.network());
        }
        String who = attempt.key().isEmpty() ? "a name that no user can have" : "user " + attempt.name();
        audit.record(attempt.door() + " " + attempt.address(), "user.refused", who, reason);
    }
}
