package io.patchway.store;

import io.patchway.baseline.BaselineId;
import io.patchway.baseline.Baselines;
import io.patchway.baseline.StoredBaseline;
import io.patchway.server.OperatingSystem;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The stored baselines as they are at the moment of asking. Thread-safe. */
public final class SqlBaselines implements Baselines {
    private final Database database;
    private final Map<OperatingSystem, BaselineId> predefined;

    /** @param predefined the default of each operating system for which nothing else is registered */
    public SqlBaselines(Database database, Map<OperatingSystem, BaselineId> predefined) {
        this.database = database;
        this.predefined = new EnumMap<>(predefined);
    }

    @Override
    public Optional<StoredBaseline> find(BaselineId id) {
        return database.inTransaction(handle -> BaselineRows.find(handle, id));
    }

    @Override
    public List<StoredBaseline> named(String name) {
        return database.inTransaction(handle -> handle.createQuery(
                        "select * from baseline where name = :name and " + BaselineRows.VISIBLE + " order by id")
                .bind("name", name)
                .map(BaselineRows::baseline)
                .list());
    }

    @Override
    public StoredBaseline defaultFor(OperatingSystem operatingSystem) {
        BaselineId otherwise = predefined.get(operatingSystem);
        return database.inTransaction(handle -> handle.createQuery("""
            select * from baseline
            where id = coalesce(
                (select baseline_id from baseline_default where operating_system = :system), :otherwise)
            """)
                .bind("system", operatingSystem)
                .bind("otherwise", otherwise.value())
                .map(BaselineRows::baseline)
                .one());
    }

    @Override
    public Set<BaselineId> defaults() {
        Map<OperatingSystem, BaselineId> defaults = new EnumMap<>(predefined);
        database.inTransaction(handle -> handle.createQuery(
                                "select operating_system, baseline_id from baseline_default")
                        .map(row -> Map.entry(
                                row.getColumn("operating_system", OperatingSystem.class),
                                new BaselineId(row.getColumn("baseline_id", String.class))))
                        .list())
                .forEach(registered -> defaults.put(registered.getKey(), registered.getValue()));
        return Set.copyOf(defaults.values());
    }

    @Override
    public Optional<StoredBaseline> servingGroup(String patchGroup, OperatingSystem operatingSystem) {
        return database.inTransaction(handle -> handle.createQuery("""
            select * from baseline
            where id = (select baseline_id from baseline_group
                where patch_group = :patchGroup and operating_system = :system)
            """)
                .bind("patchGroup", patchGroup)
                .bind("system", operatingSystem)
                .map(BaselineRows::baseline)
                .findOne());
    }

    @Override
    public List<StoredBaseline> all() {
        return database.inTransaction(handle -> handle.createQuery(
                        "select * from baseline where " + BaselineRows.VISIBLE + " order by name, id")
                .map(BaselineRows::baseline)
                .list());
    }
}
