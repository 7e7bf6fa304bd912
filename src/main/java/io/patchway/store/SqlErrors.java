package io.patchway.store;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What an error of the database means, in both dialects. */
final class SqlErrors {
    private static final String UNIQUE_VIOLATION = "23505";
    /** Serialization failure, deadlock, lock timeout, frozen for too long, shutdown, start-up in progress. */
    private static final Set<String> PASSING =
            Set.of("40001", "40P01", "55P03", "HYT00", "25P03", "57P01", "57P02", "57P03");

    private static final String CONNECTION_CLASS = "08";
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
                || state.startsWith(CONNECTION_CLASS)
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
