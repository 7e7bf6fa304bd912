package io.patchway.store;

import io.patchway.baseline.BaselineCatalogue;
import io.patchway.baseline.BaselineId;
import io.patchway.baseline.BaselineVersion;
import io.patchway.baseline.CatalogueLimits;
import io.patchway.baseline.CatalogueRefusal;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.StoredBaseline;
import io.patchway.baseline.StoredBaseline.Owner;
import io.patchway.baseline.VersionEntry;
import io.patchway.server.OperatingSystem;
import io.patchway.tag.ResourceType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/** The stored baselines in a database. Thread-safe; any number of nodes may share it. */
public final class SqlBaselineCatalogue implements BaselineCatalogue {
    private final Database database;
    private final AuditRows audit;
    private final CatalogueLimits limits;
    private final Clock clock;

    /** @param node the name of this node, for the audit log */
    public SqlBaselineCatalogue(Database database, String node, CatalogueLimits limits, Clock clock) {
        this.database = database;
        this.audit = new AuditRows(node);
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public void create(BaselineId id, PatchBaseline content, Map<String, String> tags, String actor) {
        Instant now = now();
        StoredBaseline baseline = new StoredBaseline(id, 1, Owner.API, content, now, now);
        String document = JsonText.of(content);
        database.inSharedTransaction(handle -> {
            if (exists(handle, id)) {
                return false;
            }
            checkRoom(handle);
            BaselineRows.insert(handle, baseline, document, Optional.empty(), actor);
            TagRows.add(handle, ResourceType.PATCH_BASELINE, id.value(), tags);
            tell(handle, actor, "created", baseline, told(content, document), now);
            return true;
        });
    }

    private static boolean exists(Handle handle, BaselineId id) {
        return handle.createQuery("select 1 from baseline where id = :id")
                .bind("id", id.value())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private void checkRoom(Handle handle) {
        int there = handle.createQuery("select count(*) from baseline where owner = 'API' and gone_at is null")
                .mapTo(Integer.class)
                .one();
        if (there >= limits.baselines()) {
            throw refusal(
                    CatalogueRefusal.Kind.TOO_MANY,
                    "There are " + there + " patch baselines already, and no more than " + limits.baselines()
                            + " are allowed. Delete one, or raise patchway.baselines.most.");
        }
    }

    @Override
    public StoredBaseline update(BaselineId id, UnaryOperator<PatchBaseline> change, String actor) {
        return database.inSharedTransaction(handle -> {
            StoredBaseline present = own(handle, id);
            PatchBaseline content = change.apply(present.content());
            Instant now = now();
            boolean changes = !content.equals(present.content());
            StoredBaseline next = new StoredBaseline(
                    id, present.version() + (changes ? 1 : 0), Owner.API, content, present.createdAt(), now);
            String document = JsonText.of(content);
            if (changes) {
                BaselineRows.advance(handle, next, document, actor);
            } else {
                handle.createUpdate("update baseline set modified_at = :now where id = :id")
                        .bind("now", now)
                        .bind("id", id.value())
                        .execute();
            }
            tell(handle, actor, "updated", next, changes ? told(content, document) : "nothing differs", now);
            return next;
        });
    }

    @Override
    public void delete(BaselineId id, String actor) {
        Instant now = now();
        database.inTransaction(handle -> {
            if (BaselineRows.find(handle, id).isEmpty()) {
                return false;
            }
            StoredBaseline baseline = own(handle, id);
            checkUnused(handle, baseline);
            handle.createUpdate("update baseline set gone_at = :now where id = :id")
                    .bind("now", now)
                    .bind("id", id.value())
                    .execute();
            TagRows.removeAll(handle, ResourceType.PATCH_BASELINE, id.value());
            tell(handle, actor, "deleted", baseline, "", now);
            return true;
        });
    }

    private static void checkUnused(Handle handle, StoredBaseline baseline) {
        groups(handle, baseline.id()).stream().findFirst().ifPresent(group -> {
            throw refusal(
                    CatalogueRefusal.Kind.IN_USE, "PatchBaseline to be deleted is used for Patch Group: " + group);
        });
        handle.createQuery("select operating_system from baseline_default where baseline_id = :id")
                .bind("id", baseline.id().value())
                .mapTo(String.class)
                .findFirst()
                .ifPresent(system -> {
                    throw refusal(
                            CatalogueRefusal.Kind.IN_USE,
                            "PatchBaseline to be deleted is the default for " + system
                                    + "; register another default first");
                });
    }

    @Override
    public void registerDefault(BaselineId id, String actor) {
        Instant now = now();
        settled(handle -> {
            StoredBaseline baseline = locked(handle, id);
            DefaultRows.set(handle, baseline, false);
            tell(
                    handle,
                    actor,
                    "made-default",
                    baseline,
                    "for " + baseline.content().operatingSystem(),
                    now);
            return true;
        });
    }

    @Override
    public void registerGroup(BaselineId id, String patchGroup, String actor) {
        Instant now = now();
        settled(handle -> {
            StoredBaseline baseline = locked(handle, id);
            OperatingSystem system = baseline.content().operatingSystem();
            Optional<String> registered = GroupRows.registered(handle, patchGroup, system);
            if (registered.isPresent()) {
                checkSame(registered.get(), id, system);
                return false;
            }
            checkRoomForGroup(handle, id);
            GroupRows.insert(handle, patchGroup, system, id);
            tell(handle, actor, "registered-for-group", baseline, patchGroup, now);
            return true;
        });
    }

    /** Of two registrations at the same moment, the one that comes second looks again at what is there. */
    private void settled(HandleCallback<Boolean, RuntimeException> work) {
        try {
            database.inTransaction(work);
        } catch (RuntimeException e) {
            if (!SqlErrors.isUniqueViolation(e)) {
                throw e;
            }
            database.inTransaction(work);
        }
    }

    private static void checkSame(String registered, BaselineId id, OperatingSystem system) {
        if (!registered.equals(id.value())) {
            throw refusal(
                    CatalogueRefusal.Kind.GROUP_TAKEN,
                    "Patch Group baseline already has a baseline registered for OperatingSystem " + system + ".");
        }
    }

    private void checkRoomForGroup(Handle handle, BaselineId id) {
        if (groups(handle, id).size() >= limits.groups()) {
            throw refusal(
                    CatalogueRefusal.Kind.TOO_MANY,
                    id + " serves " + limits.groups() + " patch groups, and no more are allowed. Use another baseline"
                            + " with the same content, or raise patchway.baselines.most-groups.");
        }
    }

    @Override
    public void deregisterGroup(BaselineId id, String patchGroup, String actor) {
        Instant now = now();
        database.inTransaction(handle -> {
            StoredBaseline baseline = locked(handle, id);
            boolean was = GroupRows.delete(handle, patchGroup, id);
            if (was) {
                tell(handle, actor, "deregistered-from-group", baseline, patchGroup, now);
            }
            return was;
        });
    }

    @Override
    public SortedSet<String> groupsOf(BaselineId id) {
        return database.inTransaction(handle -> groups(handle, id));
    }

    private static SortedSet<String> groups(Handle handle, BaselineId id) {
        return new TreeSet<>(GroupRows.of(handle, id));
    }

    @Override
    public List<GroupRegistration> groups() {
        return database.inTransaction(GroupRows::all);
    }

    @Override
    public List<VersionEntry> versions(BaselineId id) {
        return database.inTransaction(handle -> VersionRows.all(handle, id));
    }

    @Override
    public Optional<VersionEntry> version(BaselineVersion version) {
        return database.inTransaction(handle -> VersionRows.find(handle, version));
    }

    /** The baseline, locked until the transaction ends; one that may be changed here. */
    private static StoredBaseline own(Handle handle, BaselineId id) {
        Locked found = lock(handle, id);
        switch (found.baseline().owner()) {
            case PREDEFINED ->
                throw refusal(
                        CatalogueRefusal.Kind.OWNED_ELSEWHERE,
                        "Patch baseline " + found.baseline().name()
                                + " is predefined; it cannot be changed or deleted. Create one of your own instead.");
            case FILE ->
                throw refusal(
                        CatalogueRefusal.Kind.OWNED_ELSEWHERE,
                        "Patch baseline " + found.baseline().name() + " belongs to the file "
                                + found.file().orElse("") + "; change or remove it there and start Patchway again.");
            case API -> {
                return found.baseline();
            }
        }
        throw new IllegalStateException("no such owner");
    }

    private static StoredBaseline locked(Handle handle, BaselineId id) {
        return lock(handle, id).baseline();
    }

    private static Locked lock(Handle handle, BaselineId id) {
        return handle.createQuery("select * from baseline where id = :id and " + BaselineRows.VISIBLE + " for update")
                .bind("id", id.value())
                .map(row -> new Locked(BaselineRows.baseline(row), RequestRows.optional(row, "file", String.class)))
                .findOne()
                .orElseThrow(() -> refusal(CatalogueRefusal.Kind.UNKNOWN, "Patch baseline " + id + " does not exist."));
    }

    private void tell(Handle handle, String actor, String what, StoredBaseline baseline, String detail, Instant now) {
        audit.insert(handle, actor, "baseline." + what, "baseline " + baseline.reference(), detail, now);
    }

    /** The content for the audit log; the configuration of a source may hold a password. */
    private static String told(PatchBaseline content, String document) {
        return content.sources().isEmpty() ? document : JsonText.of(content.withoutSourceConfigurations());
    }

    /** The service tells times in milliseconds; what it answers to a change is what it answers later. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static CatalogueRefusal refusal(CatalogueRefusal.Kind kind, String message) {
        return new CatalogueRefusal(kind, message);
    }

    /** @param file the file that owns it */
    private record Locked(StoredBaseline baseline, Optional<String> file) {}
}
