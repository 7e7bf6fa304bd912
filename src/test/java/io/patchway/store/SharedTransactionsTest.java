package io.patchway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedTransactionsTest {
    private static final int THREADS = 40;

    @TempDir
    Path folder;

    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(DatabaseSettings.at("jdbc:h2:file:" + folder.resolve("patchway")));
        database.inTransaction(handle -> handle.execute("create table piece (number integer primary key)"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void eachGetsItsOwnResultAndAllIsCommitted() throws Exception {
        List<Future<Integer>> results = together(number -> number);

        for (int number = 0; number < THREADS; number++) {
            assertThat(results.get(number).get()).isEqualTo(number);
        }
        assertThat(rows()).isEqualTo(THREADS);
    }

    @Test
    void aPieceThatFailsTakesNobodyAlong() throws Exception {
        List<Future<Integer>> results = together(number -> number == 5 ? 4 : number);

        int failed = 0;
        for (Future<Integer> result : results) {
            try {
                result.get();
            } catch (ExecutionException e) {
                assertThat(SqlErrors.isUniqueViolation(e)).isTrue();
                failed++;
            }
        }
        assertThat(failed).as("of the two with the same number").isOne();
        assertThat(rows()).isEqualTo(THREADS - 1);
    }

    @Test
    void whatFailsAloneFailsWithItsReason() {
        assertThatThrownBy(
                        () -> database.inSharedTransaction(handle -> handle.execute("insert into nowhere values (1)")))
                .hasMessageContaining("NOWHERE");
    }

    private interface Numbering {
        int of(int number);
    }

    private List<Future<Integer>> together(Numbering numbering) {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            return IntStream.range(0, THREADS)
                    .mapToObj(number -> executor.submit(
                            () -> database.inSharedTransaction(handle -> insert(handle, numbering.of(number)))))
                    .toList();
        }
    }

    private static int insert(Handle handle, int number) {
        handle.createUpdate("insert into piece (number) values (:number)")
                .bind("number", number)
                .execute();
        return number;
    }

    private int rows() {
        return database.inTransaction(handle -> handle.createQuery("select count(*) from piece")
                .mapTo(Integer.class)
                .one());
    }
}
