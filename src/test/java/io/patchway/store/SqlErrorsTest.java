package io.patchway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.faults.Survives;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlErrorsTest {

    @Survives(9)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "08006", "25006", "25P03", "25P04", "40001", "40P01", "53100", "53300", "55P03", "57014", "57P01",
                "57P03", "57P05", "58030"
            })
    void whatAnOutageOrAFailoverGivesPasses(String state) {
        assertThat(SqlErrors.isPassing(new IllegalStateException(new SQLException("x", state))))
                .isTrue();
    }

    @Test
    @Survives(9)
    void aPoolThatHasNoConnectionLeftPasses() {
        assertThat(SqlErrors.isPassing(new SQLTransientConnectionException("Connection is not available")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22001", "23505", "42P01", "42501"})
    void whatIsWrongWithTheStatementDoesNot(String state) {
        assertThat(SqlErrors.isPassing(new SQLException("x", state))).isFalse();
    }

    @Test
    void whatTheDatabaseHasNothingToDoWithDoesNot() {
        assertThat(SqlErrors.isPassing(new IllegalStateException("x"))).isFalse();
    }
}
