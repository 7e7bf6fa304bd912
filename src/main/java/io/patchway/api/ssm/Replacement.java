package io.patchway.api.ssm;

import java.util.Optional;

/**
 * What an update makes of members that it does not name.
 *
 * @param whole whether the update takes the place of everything; else it leaves alone what it does not name
 */
public record Replacement(boolean whole) {

    public static Replacement of(Optional<Boolean> replace) {
        return new Replacement(replace.orElse(false));
    }

    public <T> Optional<T> optional(Optional<T> given, Optional<T> before) {
        return whole ? given : given.or(() -> before);
    }

    /** @throws SsmException {@code ValidationException} when the member is needed and not there */
    public <T> T required(String member, Optional<T> given, T before) {
        if (whole && given.isEmpty()) {
            throw SsmException.invalid("1 validation error detected: Value null at '" + member
                    + "' failed to satisfy constraint: Member must not be null. Replace needs what creating needs");
        }
        return given.orElse(before);
    }
}
