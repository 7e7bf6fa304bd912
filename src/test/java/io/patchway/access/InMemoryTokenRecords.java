package io.patchway.access;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is kept about tokens, without a database. */
public final class InMemoryTokenRecords implements TokenRecords {
    private Optional<String> key = Optional.empty();
    private final Map<String, Instant> revoked = new HashMap<>();

    @Override
    public synchronized Optional<String> signingKey() {
        return key;
    }

    @Override
    public synchronized String keepSigningKey(String sealed) {
        key = Optional.of(key.orElse(sealed));
        return key.get();
    }

    @Override
    public synchronized void replaceSigningKey(String sealed, String actor) {
        key = Optional.of(sealed);
    }

    @Override
    public synchronized Set<String> revoked(Instant now) {
        revoked.values().removeIf(until -> !until.isAfter(now));
        return Set.copyOf(revoked.keySet());
    }

    @Override
    public synchronized boolean revoke(String id, String name, Instant until, String actor, Instant now) {
        return revoked.putIfAbsent(id, until) == null;
    }
}
