package io.patchway.api.ssm.model;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The form of a value. Other forms are named, so that one may contain itself. */
sealed interface Shape {
    /** Whether it must not be repeated in messages. */
    boolean sensitive();

    /** What a value of this form must keep, in the order in which AWS names it. */
    List<Constraint> constraints();

    /** What a scalar is in JSON. */
    enum Kind {
        TEXT,
        WHOLE_NUMBER,
        TRUTH,
        TIME,
        BYTES
    }

    record Scalar(Kind kind, boolean sensitive, List<Constraint> constraints) implements Shape {}

    record Items(String member, boolean sensitive, List<Constraint> constraints) implements Shape {}

    record Entries(String key, String value, boolean sensitive, List<Constraint> constraints) implements Shape {}

    /**
     * Members with names.
     *
     * @param members the form of each, by its name
     */
    record Structure(Map<String, String> members, Set<String> required, boolean sensitive) implements Shape {
        @Override
        public List<Constraint> constraints() {
            return List.of();
        }
    }
}
