package io.patchway.config.document;

import io.patchway.config.document.Value.Member;

/** Finds the line of a field by its path. */
public final class FieldPath {
    private FieldPath() {}

    /** The line of the innermost field on the path that is there; letter case does not count. */
    public static int lineOf(Value value, String path) {
        if (!(value instanceof Value.Members group)) {
            return value.place().line();
        }
        for (Member member : group.members().values()) {
            if (path.equalsIgnoreCase(member.name())) {
                return member.namePlace().line();
            }
            String prefix = member.name() + ".";
            if (path.regionMatches(true, 0, prefix, 0, prefix.length())) {
                return lineOf(member.value(), path.substring(prefix.length()));
            }
        }
        return group.place().line();
    }
}
