package io.patchway.store;

import io.patchway.baseline.BaselineCatalogue.GroupRegistration;
import io.patchway.baseline.BaselineId;
import io.patchway.server.OperatingSystem;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Rows of baselines that serve patch groups. */
final class GroupRows {
    private GroupRows() {}

    static Optional<String> registered(Handle handle, String patchGroup, OperatingSystem system) {
        return handle.createQuery("""
            select baseline_id from baseline_group where patch_group = :patchGroup and operating_system = :system
            """)
                .bind("patchGroup", patchGroup)
                .bind("system", system)
                .mapTo(String.class)
                .findOne();
    }

    static void insert(Handle handle, String patchGroup, OperatingSystem system, BaselineId id) {
        handle.createUpdate("""
            insert into baseline_group (patch_group, operating_system, baseline_id)
            values (:patchGroup, :system, :id)
            """)
                .bind("patchGroup", patchGroup)
                .bind("system", system)
                .bind("id", id.value())
                .execute();
    }

    static boolean delete(Handle handle, String patchGroup, BaselineId id) {
        return handle.createUpdate("delete from baseline_group where patch_group = :patchGroup and baseline_id = :id")
                        .bind("patchGroup", patchGroup)
                        .bind("id", id.value())
                        .execute()
                > 0;
    }

    static List<String> of(Handle handle, BaselineId id) {
        return handle.createQuery("select patch_group from baseline_group where baseline_id = :id")
                .bind("id", id.value())
                .mapTo(String.class)
                .list();
    }

    static List<GroupRegistration> all(Handle handle) {
        return handle.createQuery("""
            select baseline.*, served.patch_group, served.operating_system as served_system
            from baseline_group served join baseline on baseline.id = served.baseline_id
            order by served.patch_group, served.operating_system
            """)
                .map(row -> new GroupRegistration(
                        row.getColumn("patch_group", String.class),
                        row.getColumn("served_system", OperatingSystem.class),
                        BaselineRows.baseline(row)))
                .list();
    }
}
