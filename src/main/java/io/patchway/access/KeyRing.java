package io.patchway.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that may be used, in memory, so that no call waits for the database. What another node issues or revokes is
 * known here a few seconds later. Thread-safe.
 */
public final class KeyRing {
    /** How long what was read counts. */
    public static final Duration FRESH = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
    /** Who asks for keys that nobody has must not have them read again at each call. */
    private static final Duration FRESH_FOR_UNKNOWN = Duration.ofMillis(500);

    /** Whoever comes while somebody reads goes on with what is known, unless it is older than this. */
    private static final Duration STALE = Duration.ofSeconds(8);

    private static final Duration BETWEEN_NOTES = Duration.ofMinutes(15);

    private final AccessKeys keys;
    private final MasterKey masterKey;
    private final Clock clock;
    private final ConcurrentMap<String, Instant> noted = new ConcurrentHashMap<>();
    private final ReentrantLock reading = new ReentrantLock();
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();
    private volatile Snapshot known = new Snapshot(Instant.MIN, Map.of());

    /** A key and its secret. */
    public record Credential(AccessKey key, String secret) {}

    private record Snapshot(Instant readAt, Map<String, Credential> byId) {
        boolean isOlderThan(Duration age, Instant now) {
            return readAt.isBefore(now.minus(age)) || readAt.isAfter(now);
        }
    }

    public KeyRing(AccessKeys keys, MasterKey masterKey, Clock clock) {
        this.keys = keys;
        this.masterKey = masterKey;
        this.clock = clock;
    }

    /** The key with this id, if it may be used now. */
    public Optional<Credential> find(String id) {
        Instant now = clock.instant();
        Credential found = readAgainAfter(FRESH, now).byId().get(id);
        if (found == null) {
            found = readAgainAfter(FRESH_FOR_UNKNOWN, now).byId().get(id);
        }
        return Optional.ofNullable(found).filter(credential -> credential.key().isValidAt(now));
    }

    /** Reads the keys anew at the next call: some were changed here. */
    public void readAgain() {
        known = new Snapshot(Instant.MIN, Map.of());
    }

    /** Notes that a key was used, now and then. */
    public void noteUse(AccessKey key) {
        Instant now = clock.instant();
        Instant last = noted.getOrDefault(key.id(), key.lastUsedAt().orElse(Instant.MIN));
        if (last.isBefore(now.minus(BETWEEN_NOTES))) {
            noted.put(key.id(), now);
            keys.noteUse(key.id(), now);
        }
    }

    private Snapshot readAgainAfter(Duration age, Instant now) {
        Snapshot present = known;
        if (!present.isOlderThan(age, now)) {
            return present;
        }
        if (present.isOlderThan(STALE, now) || age.compareTo(FRESH) < 0) {
            reading.lock();
        } else if (!reading.tryLock()) {
            return present;
        }
        try {
            if (known.isOlderThan(age, now)) {
                known = read(now);
            }
            return known;
        } finally {
            reading.unlock();
        }
    }

    private Snapshot read(Instant now) {
        Map<String, Credential> byId = new HashMap<>();
        for (AccessKey key : keys.all()) {
            if (key.isValidAt(now)) {
                masterKey
                        .open(key.sealedSecret(), key.id())
                        .ifPresentOrElse(
                                secret -> byId.put(key.id(), new Credential(key, secret)), () -> complain(key));
            }
        }
        return new Snapshot(now, byId);
    }

    private void complain(AccessKey key) {
        if (unreadable.add(key.id())) {
            LOG.error(
                    "The access key {} was sealed with another master key than this node's and cannot be used here;"
                            + " give all nodes the same file patchway.secrets.key-file",
                    key.id());
        }
    }
}
