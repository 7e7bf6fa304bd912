package io.patchway.packagemanager;

import io.patchway.connection.ScriptOutput;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Answers of scripts for tests; those in the folder {@code scan} were printed by real hosts. */
final class Answers {
    static final Server SERVER = new Server(
            new ServerId("web1"), "web1", Set.of(), Map.of(), Optional.empty(), false, new ConnectionSettings.Local());

    private Answers() {}

    static String recorded(String name) {
        try (InputStream file = Answers.class.getResourceAsStream("/scan/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ScriptOutput complete(String stdout) {
        return new ScriptOutput(OptionalInt.of(0), stdout, "", false);
    }
}
