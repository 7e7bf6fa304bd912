package io.patchway.baseline;

import io.patchway.server.OperatingSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Baselines in memory; the first of an operating system is its default. */
public final class KnownBaselines implements Baselines {
    private final List<StoredBaseline> known = new ArrayList<>();

    /** Adds one; returns its id. */
    public String add(PatchBaseline baseline) {
        StoredBaseline stored = new StoredBaseline(
                new BaselineId("pb-%017x".formatted(known.size())),
                1,
                StoredBaseline.Owner.API,
                baseline,
                Host.NOW,
                Host.NOW);
        known.add(stored);
        return stored.id().value();
    }

    @Override
    public Optional<StoredBaseline> find(BaselineId id) {
        return known.stream().filter(stored -> stored.id().equals(id)).findFirst();
    }

    @Override
    public List<StoredBaseline> named(String name) {
        return known.stream().filter(stored -> stored.name().equals(name)).toList();
    }

    @Override
    public StoredBaseline defaultFor(OperatingSystem operatingSystem) {
        return known.stream()
                .filter(stored -> stored.content().operatingSystem() == operatingSystem)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Optional<StoredBaseline> servingGroup(String patchGroup, OperatingSystem operatingSystem) {
        return Optional.empty();
    }

    @Override
    public List<StoredBaseline> all() {
        return List.copyOf(known);
    }
}
