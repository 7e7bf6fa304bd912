package io.patchway.config.document;

import java.util.List;
import java.util.Map;

/** A value of a document, with the place where it stands. */
public sealed interface Value {
    Place place();

    /** What kind of value this is, in words for people. */
    String kind();

    /**
     * Where a value begins.
     *
     * @param line from 1
     * @param column from 1
     */
    record Place(int line, int column) {}

    /** A text. */
    record Text(Place place, String text) implements Value {
        @Override
        public String kind() {
            return "text";
        }
    }

    /**
     * A number.
     *
     * @param literal as it was written
     */
    record Number(Place place, String literal) implements Value {
        @Override
        public String kind() {
            return "the number " + literal;
        }
    }

    /** True or false. */
    record Truth(Place place, boolean value) implements Value {
        @Override
        public String kind() {
            return Boolean.toString(value);
        }
    }

    /** The value {@code null}, which everywhere means the same as leaving the field out. */
    record Nothing(Place place) implements Value {
        @Override
        public String kind() {
            return "nothing";
        }
    }

    /** A list of values. */
    record Items(Place place, List<Value> values) implements Value {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * Named values.
     *
     * @param members by name, in the order of the document unless names are compared without letter case
     */
    record Members(Place place, Map<String, Member> members) implements Value {
        @Override
        public String kind() {
            return "a group of fields";
        }
    }

    /**
     * A named value.
     *
     * @param name as it was written
     * @param namePlace where the name stands
     */
    record Member(String name, Place namePlace, Value value) {}
}
