package io.patchway.run;

/**
 * The number of a server run, or of another operation that somebody follows by its id; later ones have greater numbers.
 *
 * @param value at least 1; there are gaps
 */
public record ExecutionNumber(long value) implements Comparable<ExecutionNumber> {

    @Override
    public int compareTo(ExecutionNumber other) {
        return Long.compare(value, other.value);
    }

    /** The number alone; people are shown the form of {@link ExecutionIds}. */
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
