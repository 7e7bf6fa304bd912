package io.patchway.aws;

import io.patchway.hosts.CommandResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;

/** Runs programs of this machine to their end. */
public final class Program {
    private Program() {}

    /** @param environment added to this process's own */
    public static CommandResult run(Path folder, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            String output = text(process.getInputStream());
            return new CommandResult(process.onExit().join().exitValue(), output, errors.join());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command.getFirst(), e);
        }
    }

    /** Skips the test where this line of shell fails: not everybody has every client. */
    public static void assume(String line) {
        CommandResult result = run(Path.of("."), Map.of(), List.of("sh", "-c", line));
        Assumptions.assumeTrue(
                result.status() == 0,
                () -> "src/it/resources/hosts/install-prerequisites.sh installs what is missing: " + result.errors());
    }

    /** A file of the folder {@code src/it/resources/aws}. */
    static Path resource(String name) {
        URL location = Objects.requireNonNull(Program.class.getResource("/aws/" + name), () -> "there is no " + name);
        try {
            return Path.of(location.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("cannot find " + name, e);
        }
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
