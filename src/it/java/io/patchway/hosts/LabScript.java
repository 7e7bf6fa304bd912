package io.patchway.hosts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** One of the shell scripts that make and unmake hosts. */
record LabScript(String name) {
    /** Building the images takes three minutes on a quiet machine and several on a busy one. */
    private static final Duration LIMIT = Duration.ofMinutes(15);

    CommandResult run(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("bash", path().toString()));
        command.addAll(arguments);
        try {
            return run(command.toArray(String[]::new));
        } catch (IOException problem) {
            throw new UncheckedIOException("cannot run the script " + name, problem);
        } catch (InterruptedException problem) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running the script " + name, problem);
        }
    }

    CommandResult run(Object... arguments) {
        return run(List.of(arguments).stream().map(Object::toString).toList());
    }

    /** Files take the output: a pipe would stay open as long as a host that the script has started. */
    private CommandResult run(String[] command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(name, ".out");
        Path errors = Files.createTempFile(name, ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the script %s did not end within %s".formatted(name, LIMIT));
            }
            return new CommandResult(process.exitValue(), text(output), text(errors));
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private Path path() {
        URL location = Objects.requireNonNull(
                LabScript.class.getResource("/hosts/" + name), () -> "no script " + name + " on the class path");
        try {
            return Path.of(location.toURI());
        } catch (URISyntaxException problem) {
            throw new IllegalStateException("cannot find the script " + name, problem);
        }
    }
}
