package io.patchway.baseline;

import io.patchway.server.OperatingSystem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.UnaryOperator;

/**
 * Where baselines are changed, and where every version of them is kept. Each change is all or nothing and is told to
 * the audit log in the same transaction. Thread-safe; any number of nodes may share it.
 */
public interface BaselineCatalogue {

    /**
     * Stores a new baseline, unless there is or was one with this id.
     *
     * @param tags stored with it
     * @throws CatalogueRefusal when there are too many
     */
    void create(BaselineId id, PatchBaseline content, Map<String, String> tags, String actor);

    /**
     * Changes the content of a baseline of the API. A change that leaves the content as it was makes no new version.
     *
     * @param change may be called more than once; what it throws is thrown here, and nothing has changed
     * @return the baseline after the change
     * @throws CatalogueRefusal when there is none, or it is owned elsewhere
     */
    StoredBaseline update(BaselineId id, UnaryOperator<PatchBaseline> change, String actor);

    /**
     * Deletes a baseline of the API; its versions stay. Nothing happens when there is none.
     *
     * @throws CatalogueRefusal when it is in use, or owned elsewhere
     */
    void delete(BaselineId id, String actor);

    /**
     * Makes a baseline the default of its operating system.
     *
     * @throws CatalogueRefusal when there is none
     */
    void registerDefault(BaselineId id, String actor);

    /**
     * Has a baseline serve a patch group, for the operating system of the baseline. Nothing happens when it does
     * already.
     *
     * @throws CatalogueRefusal when there is no such baseline, another one serves the group, or it serves too many
     */
    void registerGroup(BaselineId id, String patchGroup, String actor);

    /**
     * Takes a patch group away from a baseline. Nothing happens when the baseline does not serve it.
     *
     * @throws CatalogueRefusal when there is no such baseline
     */
    void deregisterGroup(BaselineId id, String patchGroup, String actor);

    /** The patch groups that a baseline serves. */
    SortedSet<String> groupsOf(BaselineId id);

    /** Every registration for a patch group, ordered by group, then operating system. */
    List<GroupRegistration> groups();

    /** Every version that there is or was, the first one first; also of a baseline that is gone. */
    List<VersionEntry> versions(BaselineId id);

    Optional<VersionEntry> version(BaselineVersion version);

    /** A baseline serves a patch group. */
    record GroupRegistration(String patchGroup, OperatingSystem operatingSystem, StoredBaseline baseline) {}
}
