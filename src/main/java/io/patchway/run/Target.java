package io.patchway.run;

import io.patchway.server.ServerId;
import java.util.Optional;

/**
 * One server that a request means.
 *
 * @param name as the request named it
 * @param accepted the server; empty when it is refused
 * @param reason why the server is refused, or why an earlier request that is repeated has no run for it
 */
record Target(String name, Optional<ServerId> accepted, String reason) {

    static Target accepted(String name, ServerId id) {
        return new Target(name, Optional.of(id), "is not part of the earlier request that this one repeats");
    }

    static Target refused(String name, String reason) {
        return new Target(name, Optional.empty(), reason);
    }
}
