package io.patchway.store;

import io.patchway.window.WindowLedger;
import java.time.Instant;
import java.util.Optional;

/** The openings of maintenance windows in a database; a unique key lets exactly one node have each. Thread-safe. */
public final class SqlWindowLedger implements WindowLedger {
    private final Database database;

    public SqlWindowLedger(Database database) {
        this.database = database;
    }

    @Override
    public boolean claimOpening(String window, Instant opensAt, String outcome) {
        try {
            return database.inTransaction(
                    handle -> handle.createUpdate("insert into window_opening (window_name, opens_at, outcome)"
                                            + " values (:window, :opensAt, :outcome)")
                                    .bind("window", window)
                                    .bind("opensAt", opensAt)
                                    .bind("outcome", outcome)
                                    .execute()
                            == 1);
        } catch (RuntimeException e) {
            if (SqlErrors.isUniqueViolation(e)) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void forgetMissed(String window, Instant after) {
        database.inTransaction(handle -> handle.createUpdate("delete from window_opening"
                        + " where window_name = :window and opens_at > :after and outcome = 'MISSED'")
                .bind("window", window)
                .bind("after", after)
                .execute());
    }

    @Override
    public Optional<Instant> lastOpening(String window, Instant upTo) {
        return database.inTransaction(
                handle -> handle.createQuery("select opens_at from window_opening where window_name = :window"
                                + " and opens_at <= :upTo order by opens_at desc limit 1")
                        .bind("window", window)
                        .bind("upTo", upTo)
                        .mapTo(Instant.class)
                        .findOne());
    }
}
