package io.patchway.run;

import io.patchway.server.ServerId;
import java.util.Set;

/** Something is to be done to machines of servers that are being worked on. Nothing was accepted. */
public final class ServersBusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Set<ServerId> servers;

    public ServersBusyException(Set<ServerId> servers) {
        super("being worked on: " + servers);
        this.servers = Set.copyOf(servers);
    }

    public Set<ServerId> servers() {
        return servers;
    }
}
