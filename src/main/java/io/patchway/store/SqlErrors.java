package io.patchway.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What an error of the database means, in both dialects. */
final class SqlErrors {
    private static final String UNIQUE_VIOLATION = "23505";
    /** Serialization failure, deadlock, lock timeouts, transaction ended for taking too long, standby, disk trouble. */
    private static final Set<String> PASSING =
            Set.of("40001", "40P01", "55P03", "HYT00", "25P03", "25P04", "57014", "25006", "58030");

    /** Connection broken, server out of room or connections, server shutting down or starting. */
    private static final List<String> PASSING_CLASSES = List.of("08", "53", "57P");

    private static final int H2_CONCURRENT_UPDATE = 90131;
    private static final int H2_ALREADY_IN_USE = 90020;

    private SqlErrors() {}

    static boolean isUniqueViolation(Throwable error) {
        return sqlErrors(error).anyMatch(e -> UNIQUE_VIOLATION.equals(e.getSQLState()));
    }

    /**
     * Does work that inserts a row under a key of the world outside, and once more when another transaction was just
     * inserting the same row: the second time it is found.
     */
    static <T> T againAfterCollision(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            if (isUniqueViolation(e)) {
                return work.get();
            }
            throw e;
        }
    }

    /** Whether the same work can succeed a moment later. */
    static boolean isPassing(Throwable error) {
        return sqlErrors(error).anyMatch(SqlErrors::isPassingState);
    }

    static boolean isLockedByAnotherProcess(Throwable error) {
        return sqlErrors(error).anyMatch(e -> e.getErrorCode() == H2_ALREADY_IN_USE);
    }

    static String rootMessage(Throwable error) {
        Throwable root = causes(error).reduce(error, (outer, inner) -> inner);
        return Optional.ofNullable(root.getMessage()).orElse(root.getClass().getSimpleName());
    }

    private static boolean isPassingState(SQLException error) {
        String state = Optional.ofNullable(error.getSQLState()).orElse("");
        return PASSING.contains(state)
                || PASSING_CLASSES.stream().anyMatch(state::startsWith)
                // The pool has waited for a connection in vain.
                || error instanceof SQLTransientConnectionException
                || error.getErrorCode() == H2_CONCURRENT_UPDATE;
    }

    private static Stream<SQLException> sqlErrors(Throwable error) {
        return causes(error).filter(SQLException.class::isInstance).map(SQLException.class::cast);
    }

    private static Stream<Throwable> causes(Throwable error) {
        return Stream.iterate(error, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }
}
