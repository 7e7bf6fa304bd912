package io.patchway.api.clc;

import io.patchway.access.Role;
import java.util.List;

/** What roles are called in CenturyLink Cloud. */
final class ClcRoles {
    private ClcRoles() {}

    static List<String> of(Role role) {
        return switch (role) {
            case VIEWER -> List.of("AccountViewer");
            case OPERATOR -> List.of("ServerOperator");
            case ADMINISTRATOR -> List.of("AccountAdmin", "ServerAdmin");
        };
    }
}
