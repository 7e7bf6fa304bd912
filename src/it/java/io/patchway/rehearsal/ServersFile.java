package io.patchway.rehearsal;

import io.patchway.server.ConnectionSettings.Ssh;
import io.patchway.server.Server;
import java.util.stream.Collectors;

/** The simulated hosts of a fleet as an inventory that another process can read. */
final class ServersFile {
    private ServersFile() {}

    static String of(RehearsalFleet fleet) {
        return fleet.servers().stream().map(ServersFile::entry).collect(Collectors.joining("", "servers:\n", ""));
    }

    private static String entry(Server server) {
        Ssh ssh = (Ssh) server.connection();
        return """
              - id: %s
                connection: {type: ssh, host: %s, port: %d, user: %s, privateKey: "%s", knownHosts: "%s"}
            """.formatted(
                        server.id(),
                        ssh.host(),
                        ssh.port(),
                        ssh.user(),
                        ssh.privateKey().toAbsolutePath(),
                        ssh.knownHosts().toAbsolutePath());
    }
}
