package io.patchway.config.document;

import io.patchway.config.document.Value.Member;

/** Finds the line of a field by its path. */
public final class FieldPath {
    private FieldPath() {}

    /** The line of the innermost field on the path that is there. */
    public static int lineOf(Value value, String path) {
        if (!(value instanceof Value.Members group)) {
            return value.place().line();
        }
        for (Member member : group.members().values()) {
            if (path.equals(member.name())) {
                return member.namePlace().line();
            }
            if (path.startsWith(member.name() + ".")) {
                return lineOf(member.value(), path.substring(member.name().length() + 1));
            }
        }
        return group.place().line();
    }
}
