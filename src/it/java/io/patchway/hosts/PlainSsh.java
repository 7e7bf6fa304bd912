package io.patchway.hosts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The OpenSSH client of this machine, trusting one host key only; a second opinion beside Patchway's own client.
 *
 * @param patience seconds that a connection may take to be made
 */
record PlainSsh(RealHost host, Path folder, String trustedKeyLine, int patience) {
    PlainSsh(RealHost host, Path folder) {
        this(host, folder, host.hostKeyLine(), 20);
    }

    PlainSsh trusting(String hostKeyLine) {
        return new PlainSsh(host, folder, hostKeyLine, patience);
    }

    PlainSsh impatient() {
        return new PlainSsh(host, folder, trustedKeyLine, 2);
    }

    /** Runs a shell command; 255 when the connection fails. */
    CommandResult as(String user, String command) throws IOException, InterruptedException {
        Path knownHosts = Files.writeString(folder.resolve("known_hosts"), trustedKeyLine + "\n");
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder(List.of(
                        "ssh",
                        "-F",
                        "none",
                        "-i",
                        host.privateKey().toString(),
                        "-p",
                        String.valueOf(host.port()),
                        "-o",
                        "BatchMode=yes",
                        "-o",
                        "StrictHostKeyChecking=yes",
                        "-o",
                        "ConnectTimeout=" + patience,
                        "-o",
                        "GlobalKnownHostsFile=none",
                        "-o",
                        "UserKnownHostsFile=" + knownHosts,
                        user + "@" + host.address(),
                        command))
                .redirectError(errors.toFile())
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new CommandResult(process.waitFor(), output, Files.readString(errors));
    }
}
