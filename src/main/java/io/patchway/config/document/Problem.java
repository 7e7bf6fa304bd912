package io.patchway.config.document;

import java.util.Comparator;

/**
 * Something wrong in a document that a person or a program wrote.
 *
 * @param file name of the document, for people
 * @param line line of the offending value, from 1; 0 when the document as a whole is meant
 * @param field path of the offending field, such as {@code servers[3].connection.host}; empty for the whole document
 * @param message what is wrong and what is allowed
 */
public record Problem(String file, int line, String field, String message) implements Comparable<Problem> {
    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(Problem::file)
            .thenComparing(Problem::line)
            .thenComparing(Problem::field)
            .thenComparing(Problem::message);

    @Override
    public int compareTo(Problem other) {
        return BY_PLACE.compare(this, other);
    }

    /** {@code file:line: field: message}, without the parts that are not known. */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + (field.isEmpty() ? "" : field + ": ") + message;
    }
}
