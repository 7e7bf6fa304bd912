package io.patchway.store;

import io.patchway.run.OperationId;
import io.patchway.run.RunId;
import io.patchway.run.machine.CommandEnding;
import io.patchway.run.machine.CommandMemory;
import java.time.Instant;
import java.util.Optional;

/** The commands that were begun for machines, in a database. Thread-safe. */
public final class SqlCommandMemory implements CommandMemory {
    private static final int LONGEST_OUTPUT = 4000;

    private final Database database;

    public SqlCommandMemory(Database database) {
        this.database = database;
    }

    @Override
    public boolean begin(RunId run, OperationId operation, Instant now) {
        try {
            return database.inTransaction(handle -> handle.createUpdate("""
                insert into machine_command (operation, run_id, begun_at) values (:operation, :run, :now)
                """)
                            .bind("operation", operation.value())
                            .bind("run", run.value())
                            .bind("now", now)
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
    public boolean begun(OperationId operation) {
        return database.inTransaction(
                handle -> handle.createQuery("select 1 from machine_command where operation = :operation")
                        .bind("operation", operation.value())
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent());
    }

    @Override
    public void ended(OperationId operation, CommandEnding ending, Instant now) {
        database.inTransaction(handle -> handle.createUpdate("""
            update machine_command set ended_at = :now, ending = :ending, status = :status, output = :output
            where operation = :operation
            """)
                .bind("operation", operation.value())
                .bind("now", now)
                .bind("ending", ending.kind())
                .bind("status", ending.status())
                .bind("output", CleanText.of(ending.output(), LONGEST_OUTPUT))
                .execute());
    }

    @Override
    public Optional<CommandEnding> ending(OperationId operation) {
        return database.inTransaction(handle -> handle.createQuery("""
            select ending, status, output from machine_command
            where operation = :operation and ended_at is not null
            """)
                .bind("operation", operation.value())
                .map(row -> new CommandEnding(
                        row.getColumn("ending", CommandEnding.Kind.class),
                        row.getColumn("status", Integer.class),
                        row.getColumn("output", String.class)))
                .findOne());
    }
}
