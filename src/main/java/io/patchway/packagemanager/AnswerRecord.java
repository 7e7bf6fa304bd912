package io.patchway.packagemanager;

import java.util.List;

/**
 * One line of a script's answer.
 *
 * @param kind its first word
 * @param fields the others; free of control characters
 * @param line its number in the answer, from 1
 */
record AnswerRecord(String kind, List<String> fields, int line) {
    /** @throws IllegalArgumentException when the record does not have this many fields */
    AnswerRecord expect(int count) {
        if (fields.size() != count) {
            throw new IllegalArgumentException(
                    "'%s' has %d fields instead of %d".formatted(kind, fields.size(), count));
        }
        return this;
    }

    String field(int index) {
        return fields.get(index);
    }
}
