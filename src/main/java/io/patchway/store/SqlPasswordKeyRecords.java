package io.patchway.store;

import io.patchway.access.PasswordKeyRecords;
import java.util.Optional;

/** The key pair that clients seal passwords for, in a database. Thread-safe; nodes that share it have the same. */
public final class SqlPasswordKeyRecords implements PasswordKeyRecords {
    private final Database database;

    public SqlPasswordKeyRecords(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Stored> find() {
        return database.inTransaction(handle -> handle.createQuery("select * from password_key where id = 1")
                .map(row ->
                        new Stored(row.getColumn("certificate", String.class), row.getColumn("sealed", String.class)))
                .findOne());
    }

    @Override
    public Stored keep(Optional<Stored> present, Stored fresh) {
        try {
            database.inTransaction(handle -> {
                present.ifPresent(old -> handle.createUpdate("delete from password_key where sealed = :sealed")
                        .bind("sealed", old.sealed())
                        .execute());
                return handle.createUpdate("""
                    insert into password_key (id, certificate, sealed) values (1, :certificate, :sealed)
                    """)
                        .bind("certificate", fresh.certificate())
                        .bind("sealed", fresh.sealed())
                        .execute();
            });
            return fresh;
        } catch (RuntimeException e) {
            if (!SqlErrors.isUniqueViolation(e)) {
                throw e;
            }
            return find().orElseThrow();
        }
    }
}
