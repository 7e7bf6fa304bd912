package io.patchway.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Access keys without a database, which can be counted on to tell how often they were read. */
public final class InMemoryAccessKeys implements AccessKeys {
    private final List<AccessKey> keys = new ArrayList<>();
    private int reads;

    @Override
    public synchronized List<AccessKey> all() {
        reads++;
        return List.copyOf(keys);
    }

    @Override
    public synchronized void add(AccessKey key, Optional<Replaced> replaced, String actor) {
        keys.add(key);
        replaced.ifPresent(old -> change(
                old.id(),
                present -> copy(present, Optional.of(old.validUntil()), present.revokedAt(), present.lastUsedAt())));
    }

    @Override
    public synchronized boolean revoke(String id, String actor, Instant now) {
        boolean there = keys.stream()
                .anyMatch(key -> key.id().equals(id) && key.revokedAt().isEmpty());
        change(id, key -> copy(key, key.expiresAt(), Optional.of(now), key.lastUsedAt()));
        return there;
    }

    @Override
    public synchronized void noteUse(String id, Instant at) {
        change(id, key -> copy(key, key.expiresAt(), key.revokedAt(), Optional.of(at)));
    }

    synchronized int reads() {
        return reads;
    }

    private void change(String id, UnaryOperator<AccessKey> change) {
        keys.replaceAll(key -> key.id().equals(id) ? change.apply(key) : key);
    }

    private static AccessKey copy(
            AccessKey key, Optional<Instant> expiresAt, Optional<Instant> revokedAt, Optional<Instant> lastUsedAt) {
        return new AccessKey(
                key.id(),
                key.account(),
                key.role(),
                key.sealedSecret(),
                key.createdAt(),
                expiresAt,
                revokedAt,
                lastUsedAt);
    }
}
