package io.patchway.packagemanager;

import io.patchway.connection.Connection;
import io.patchway.connection.ConnectionLimits;
import io.patchway.connection.LocalConnection;
import io.patchway.connection.Script;
import io.patchway.connection.ScriptOutput;
import io.patchway.server.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * This machine with a folder in the place of all that a script would touch, and programs of the test's own in the place
 * of package managers. The scripts are run by the real shell.
 */
final class FakeHost implements Connection {
    private final Connection local = new LocalConnection(ConnectionLimits.DEFAULT);
    private final Path folder;

    FakeHost(Path folder) {
        this.folder = folder;
        write("etc/os-release", "ID=rocky\n");
        program("id", "echo 0");
        program("systemd-run", "exit 1");
        program("systemctl", "echo systemctl >> " + folder.resolve("rebooted"));
    }

    /** Puts a program before all others in the path; its folder is {@code $HOST}. */
    void program(String name, String body) {
        Path file = write("bin/" + name, "#!/bin/sh\nHOST='%s'\n%s\n".formatted(folder, body));
        if (!file.toFile().setExecutable(true)) {
            throw new IllegalStateException(file + " cannot be made executable");
        }
    }

    Path write(String name, String text) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> lines(String name) {
        try {
            Path file = folder.resolve(name);
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ScriptOutput run(Server server, Script script, List<String> arguments, Duration deadline) {
        String text = script.text()
                .replace("PATH=/usr/local/sbin:", "PATH=" + folder.resolve("bin") + ":/usr/local/sbin:")
                .replace("/etc/os-release", folder.resolve("etc/os-release").toString())
                .replace("/var/lib/patchway", folder.resolve("var").toString())
                .replace("/var/cache/patchway", folder.resolve("cache").toString())
                .replace("/run/patchway", folder.resolve("run").toString())
                // It comes a second later, when this folder may be gone: no other program may be found then.
                .replace("systemctl reboot || shutdown -r now || reboot", folder.resolve("bin/systemctl") + " reboot");
        return local.run(server, new Script(script.name(), text, false), arguments, deadline);
    }
}
