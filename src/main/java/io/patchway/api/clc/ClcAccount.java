package io.patchway.api.clc;

import io.patchway.access.User;

/**
 * What this installation is called in CenturyLink Cloud.
 *
 * @param alias account alias of users who have none of their own
 * @param location code of the data center, such as {@code WA1}
 */
public record ClcAccount(String alias, String location) {
    /** The alias that a user works under unless it says otherwise. */
    public String aliasOf(User user) {
        return user.aliases().stream().findFirst().orElse(alias);
    }
}
