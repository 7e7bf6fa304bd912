package io.patchway.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Issues bearer tokens and tells whom they belong to. They are not stored: what is asked for at each call is in memory,
 * and what another node changes about users and tokens is known here a few seconds later. The role of a user is always
 * the present one. Thread-safe.
 */
public final class BearerTokens implements Function<String, Optional<User>> {
    /** The longest life of a token: that of CenturyLink Cloud. */
    public static final Duration LONGEST_LIFE = Duration.ofDays(14);

    /** How long what was read counts. */
    public static final Duration FRESH = Duration.ofSeconds(3);

    /** Who sends tokens that do not count must not have everything read again at each call. */
    private static final Duration FRESH_FOR_UNKNOWN = Duration.ofMillis(500);

    /** Whoever comes while somebody reads goes on with what is known, unless it is older than this. */
    private static final Duration STALE = Duration.ofSeconds(8);

    /** How far the clocks of nodes may be apart. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private static final int ID_BYTES = 16;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{16}\\.[0-9a-f]{32}");

    private final Users users;
    private final TokenRecords records;
    private final SigningKey signingKey;
    private final Duration life;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Optional<Failure> failure = Optional.empty();
    private final AtomicLong changes = new AtomicLong();
    private volatile Snapshot known = new Snapshot(Instant.MIN, -1, Map.of(), Set.of(), Optional.empty());

    /** A new token. */
    public record Issued(String token, TokenClaims claims) {
        /** Without the token. */
        @Override
        public String toString() {
            return claims.id() + " of " + claims.name();
        }
    }

    /** @param changes how many changes were made on this node before it was read */
    private record Snapshot(
            Instant readAt,
            long changes,
            Map<String, UserAccount> byKey,
            Set<String> revoked,
            Optional<TokenFormat> format) {
        boolean isOlderThan(Duration age, Instant now) {
            return readAt.isBefore(now.minus(age)) || readAt.isAfter(now.plus(STALE));
        }

        Optional<User> ownerOf(TokenClaims claims) {
            return Optional.ofNullable(byKey.get(UserAccount.key(claims.name())))
                    .filter(UserAccount::isEnabled)
                    .filter(claims::belongsTo)
                    .filter(account -> !revoked.contains(claims.id()))
                    .map(UserAccount::user);
        }
    }

    private record Failure(Instant at, RuntimeException error) {}

    /** @param life of each token */
    public BearerTokens(Users users, TokenRecords records, SigningKey signingKey, Duration life, Clock clock) {
        this.users = users;
        this.records = records;
        this.signingKey = signingKey;
        this.life = life;
        this.clock = clock;
    }

    /**
     * Issues a token to a user who has just proven to be it.
     *
     * @param roles in the words of the API that issues it
     * @param alias account alias that it names
     * @param location data center that it names
     * @throws IllegalStateException when the signing key was sealed with another master key
     */
    public Issued issue(UserAccount account, List<String> roles, String alias, String location) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        Instant begin = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        TokenClaims claims = new TokenClaims(
                account.tokenStamp() + "." + HexFormat.of().formatHex(id),
                account.user().name(),
                roles,
                alias,
                location,
                begin,
                begin.plus(life));
        TokenFormat format = readAgainAfter(FRESH, clock.instant())
                .format()
                .orElseThrow(() -> new IllegalStateException(
                        "the key of the bearer tokens was sealed with another master key; see the log above"));
        return new Issued(format.write(claims), claims);
    }

    /** Whom a token belongs to; empty when it does not count, or counts no more. */
    @Override
    public Optional<User> apply(String token) {
        Instant now = clock.instant();
        Optional<User> owner = ownerOf(token, readAgainAfter(FRESH, now), now);
        return owner.or(() -> ownerOf(token, readAgainAfter(patience(token, now), now), now));
    }

    /**
     * Has a token refused from now on; other nodes that remember it do so a few seconds longer.
     *
     * @return whether it counted until now
     */
    public boolean revoke(String token, String actor) {
        Instant now = clock.instant();
        Optional<TokenClaims> claims = readAgainAfter(FRESH, now)
                .format()
                .flatMap(format -> format.read(token))
                .filter(read -> covers(read, now));
        return claims.isPresent()
                && revoke(claims.get().id(), claims.get().name(), claims.get().expiresAt(), actor);
    }

    /**
     * Has the token with this id refused from now on.
     *
     * @param name of its user
     * @return whether it was not revoked already
     * @throws IllegalArgumentException when no token has such an id
     */
    public boolean revokeById(String id, String name, String actor) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("the id of a token is 16 and 32 hexadecimal digits with a dot between");
        }
        return revoke(id, name, clock.instant().plus(LONGEST_LIFE), actor);
    }

    private boolean revoke(String id, String name, Instant until, String actor) {
        boolean revoked = records.revoke(id, name, until, actor, clock.instant());
        readAgain();
        return revoked;
    }

    /** Reads everything anew at the next call: something was changed here. */
    public void readAgain() {
        changes.incrementAndGet();
    }

    private static Optional<User> ownerOf(String token, Snapshot present, Instant now) {
        return present.format()
                .flatMap(format -> format.read(token))
                .filter(claims -> covers(claims, now))
                .flatMap(present::ownerOf);
    }

    private static boolean covers(TokenClaims claims, Instant now) {
        return !claims.notBefore().isAfter(now.plus(CLOCKS_APART))
                && claims.expiresAt().isAfter(now);
    }

    /** A token that another node issued a moment ago may belong to a user that was changed a moment before. */
    private Duration patience(String token, Instant now) {
        boolean isNew = known.format()
                .flatMap(format -> format.read(token))
                .filter(claims -> claims.notBefore().isAfter(now.minus(CLOCKS_APART)))
                .isPresent();
        return isNew ? Duration.ZERO : FRESH_FOR_UNKNOWN;
    }

    private Snapshot readAgainAfter(Duration age, Instant now) {
        Snapshot present = known;
        if (isGood(present, age, now)) {
            return present;
        }
        if (!isGood(present, STALE, now) || age.compareTo(FRESH) < 0) {
            reading.lock();
        } else if (!reading.tryLock()) {
            return present;
        }
        try {
            if (!isGood(known, age, now)) {
                refuseAsOthers(now);
                known = read(now);
            }
            return known;
        } catch (RuntimeException e) {
            failure = Optional.of(new Failure(clock.instant(), e));
            throw e;
        } finally {
            reading.unlock();
        }
    }

    /** Reading that fails takes long; who waited for somebody's that failed does not try it after him. */
    private void refuseAsOthers(Instant now) {
        failure.filter(last -> last.at().isAfter(now)).ifPresent(last -> {
            throw last.error();
        });
    }

    private boolean isGood(Snapshot present, Duration age, Instant now) {
        return present.changes() == changes.get() && !present.isOlderThan(age, now);
    }

    private Snapshot read(Instant now) {
        long before = changes.get();
        Map<String, UserAccount> byKey =
                users.all().stream().collect(Collectors.toMap(UserAccount::key, Function.identity()));
        return new Snapshot(now, before, byKey, records.revoked(now), signingKey.format());
    }
}
