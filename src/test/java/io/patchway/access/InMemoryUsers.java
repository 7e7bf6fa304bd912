package io.patchway.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Users without a database; tells how often they were read, and what the audit log would have. */
public final class InMemoryUsers implements Users {
    private final SortedMap<String, UserAccount> byKey = new TreeMap<>();
    private final Set<String> networks = new HashSet<>();
    private final List<String> audited = new ArrayList<>();
    private int reads;

    @Override
    public synchronized List<UserAccount> all() {
        reads++;
        return List.copyOf(byKey.values());
    }

    @Override
    public synchronized Optional<UserAccount> find(String name) {
        return Optional.ofNullable(byKey.get(UserAccount.key(name)));
    }

    @Override
    public synchronized boolean add(UserAccount account, String actor) {
        audited.add(actor + " | user.added | " + account.user().name());
        return byKey.putIfAbsent(account.key(), account) == null;
    }

    @Override
    public synchronized Optional<UserAccount> change(String name, Function<UserAccount, Change> change, String actor) {
        return find(name).map(present -> {
            Change made = change.apply(present);
            byKey.put(made.account().key(), made.account());
            audited.add(actor + " | " + made.action() + " | " + present.user().name() + " | " + made.detail());
            return made.account();
        });
    }

    @Override
    public synchronized void renewHash(String name, String present, String renewed) {
        find(name)
                .filter(account -> account.passwordHash().equals(present))
                .ifPresent(account -> byKey.put(account.key(), account.withPassword(renewed, account.passwordSetAt())));
    }

    @Override
    public synchronized void noteNetwork(String name, String network, Instant at) {
        networks.add(UserAccount.key(name) + " " + network);
    }

    @Override
    public synchronized boolean isKnownNetwork(String name, String network) {
        return networks.contains(UserAccount.key(name) + " " + network);
    }

    synchronized int reads() {
        return reads;
    }

    synchronized List<String> audited() {
        return List.copyOf(audited);
    }
}
