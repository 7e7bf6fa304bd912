package io.patchway.store;

import io.patchway.audit.AuditLog;
import io.patchway.baseline.BaselineIntake;
import io.patchway.baseline.StoredBaseline;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** Brings the baselines of files into a database. Of several nodes that start together one does it at a time. */
public final class SqlBaselineIntake implements BaselineIntake {
    private static final String ROW = "select * from baseline where id = :id";

    private final Database database;
    private final AuditRows audit;
    private final Clock clock;

    /** @param node the name of this node, for the audit log */
    public SqlBaselineIntake(Database database, String node, Clock clock) {
        this.database = database;
        this.audit = new AuditRows(node);
        this.clock = clock;
    }

    @Override
    public List<StoredBaseline> bringIn(List<Declared> present, Set<String> unreadable) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return database.inTransaction(handle -> {
            handle.createQuery("select id from baseline_intake for update")
                    .mapTo(Integer.class)
                    .one();
            present.forEach(declared -> bringIn(handle, declared, now));
            Set<String> there =
                    present.stream().map(declared -> declared.id().value()).collect(Collectors.toSet());
            List<Known> gone = owned(handle).stream()
                    .filter(known -> !there.contains(known.baseline().id().value()))
                    .filter(known -> known.file().stream().noneMatch(unreadable::contains))
                    .toList();
            gone.forEach(known -> retire(handle, known, now));
            return gone.stream()
                    .map(known -> BaselineRows.find(handle, known.baseline().id()))
                    .flatMap(Optional::stream)
                    .toList();
        });
    }

    private void bringIn(Handle handle, Declared declared, Instant now) {
        Optional<Known> known = handle.createQuery(ROW)
                .bind("id", declared.id().value())
                .map(Known::of)
                .findOne();
        StoredBaseline next = known.map(before -> next(before.baseline(), declared, now))
                .orElseGet(() -> new StoredBaseline(declared.id(), 1, declared.owner(), declared.content(), now, now));
        boolean wasDefault = known.map(
                        before -> !before.gone() && before.baseline().content().isDefault())
                .orElse(false);
        if (known.isEmpty()) {
            String content = JsonText.of(declared.content());
            BaselineRows.insert(handle, next, content, declared.file(), AuditLog.PATCHWAY);
            tell(handle, "brought-in", next, declared.file().orElse("predefined"), now);
        } else {
            refresh(handle, known.get(), next, declared, now);
        }
        redefine(handle, wasDefault, next, now);
    }

    private static StoredBaseline next(StoredBaseline before, Declared declared, Instant now) {
        boolean same = before.content().equals(declared.content());
        return new StoredBaseline(
                before.id(),
                before.version() + (same ? 0 : 1),
                declared.owner(),
                declared.content(),
                before.createdAt(),
                same ? before.modifiedAt() : now);
    }

    private void refresh(Handle handle, Known before, StoredBaseline next, Declared declared, Instant now) {
        if (next.version() != before.baseline().version()) {
            BaselineRows.advance(handle, next, JsonText.of(next.content()), AuditLog.PATCHWAY);
            BaselineRows.leaveOtherSystems(handle, next);
            tell(handle, "updated", next, declared.file().orElse("predefined"), now);
        }
        if (before.gone() || !before.file().equals(declared.file())) {
            handle.createUpdate("""
                update baseline set gone_at = null, file = :file, owner = :owner where id = :id
                """)
                    .bind("file", declared.file())
                    .bind("owner", declared.owner())
                    .bind("id", next.id().value())
                    .execute();
        }
    }

    /** What a file begins or ceases to say counts now; what it said before has had its turn. */
    private void redefine(Handle handle, boolean wasDefault, StoredBaseline next, Instant now) {
        boolean isDefault = next.content().isDefault();
        String system = "for " + next.content().operatingSystem();
        if (isDefault && !wasDefault) {
            DefaultRows.set(handle, next, true);
            tell(handle, "made-default", next, system, now);
        } else if (!isDefault && wasDefault && DefaultRows.withdraw(handle, next)) {
            tell(handle, "no-longer-default", next, system, now);
        }
    }

    private static List<Known> owned(Handle handle) {
        return handle.createQuery("select * from baseline where owner <> 'API' order by name, id")
                .map(Known::of)
                .list();
    }

    private void retire(Handle handle, Known known, Instant now) {
        if (known.gone()) {
            return;
        }
        DefaultRows.withdraw(handle, known.baseline());
        handle.createUpdate("update baseline set gone_at = :now where id = :id")
                .bind("now", now)
                .bind("id", known.baseline().id().value())
                .execute();
        tell(handle, "gone", known.baseline(), known.file().orElse("predefined"), now);
    }

    private void tell(Handle handle, String what, StoredBaseline baseline, String detail, Instant now) {
        audit.insert(handle, AuditLog.PATCHWAY, "baseline." + what, "baseline " + baseline.reference(), detail, now);
    }

    /** What is stored of a baseline. */
    private record Known(StoredBaseline baseline, Optional<String> file, boolean gone) {
        static Known of(RowView row) {
            return new Known(
                    BaselineRows.baseline(row),
                    RequestRows.optional(row, "file", String.class),
                    RequestRows.optional(row, "gone_at", Instant.class).isPresent());
        }
    }
}
