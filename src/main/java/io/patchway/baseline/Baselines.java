package io.patchway.baseline;

import io.patchway.server.OperatingSystem;
import io.patchway.server.Server;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The patch baselines that Patchway knows: predefined ones, those of files and those of the API. Each call sees their
 * present state; ask once and hold on to what was found where two calls must agree.
 */
public interface Baselines {
    Optional<StoredBaseline> find(BaselineId id);

    /** Every baseline of this name: of predefined ones and files at most one, of the API any number. */
    List<StoredBaseline> named(String name);

    /** The default of this operating system: the one that was registered, else the predefined one. */
    StoredBaseline defaultFor(OperatingSystem operatingSystem);

    /** The present defaults of all operating systems. */
    default Set<BaselineId> defaults() {
        return Arrays.stream(OperatingSystem.values())
                .map(system -> defaultFor(system).id())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The baseline that is registered for a patch group, if there is one for this operating system. */
    Optional<StoredBaseline> servingGroup(String patchGroup, OperatingSystem operatingSystem);

    /** All baselines, ordered by name, then id. */
    List<StoredBaseline> all();

    /**
     * The baseline that people mean by an id, an ARN or a name.
     *
     * @throws UnclearBaselineException when several have this name
     */
    default Optional<StoredBaseline> find(String reference) {
        Optional<StoredBaseline> byId = BaselineId.read(reference).flatMap(this::find);
        if (byId.isPresent()) {
            return byId;
        }
        List<StoredBaseline> found = named(reference);
        if (found.size() > 1) {
            String ids = found.stream().map(each -> each.id().value()).collect(Collectors.joining(", "));
            throw new UnclearBaselineException(
                    found.size() + " baselines are called '" + reference + "'; name one by its id: " + ids);
        }
        return found.stream().findFirst();
    }

    /**
     * The baseline of a server: the one that its entry in the inventory names, else that of its patch group, else the
     * default of its operating system.
     *
     * @throws UnclearBaselineException when its entry names a baseline that does not exist, or several
     */
    default StoredBaseline forServer(Server server, OperatingSystem operatingSystem) {
        if (server.baseline().isPresent()) {
            return existing(server.baseline().get());
        }
        return server.patchGroup()
                .flatMap(group -> servingGroup(group, operatingSystem))
                .orElseGet(() -> defaultFor(operatingSystem));
    }

    /**
     * The baseline that people mean by an id, an ARN or a name.
     *
     * @throws UnclearBaselineException when there is none, or several
     */
    default StoredBaseline existing(String reference) {
        return find(reference)
                .orElseThrow(() -> new UnclearBaselineException("there is no baseline '" + reference + "'"));
    }
}
