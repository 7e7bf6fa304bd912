package io.patchway.whole;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts programs of the test class path as processes of their own. */
final class JavaProcess {
    private static final String OPTIONS = "JAVA_TOOL_OPTIONS";

    private JavaProcess() {}

    /**
     * Starts one, with everything that it prints appended to a log.
     *
     * @param folder its working directory
     * @param environment added to this process's own; who measures gives {@code JAVA_TOOL_OPTIONS} of his own
     */
    static Process start(Path folder, Path log, Map<String, String> environment, String main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dcamel.threads.virtual.enabled=true",
                "--enable-native-access=ALL-UNNAMED",
                "-Dio.netty.noUnsafe=true",
                "-Djdk.serialFilter=!*",
                // As Patchway ships it, not as unit tests like it.
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                main));
        if (!environment.containsKey(OPTIONS)) {
            // A life of a minute or two: the better compiler would take more time than its code gives back.
            command.add(1, "-XX:TieredStopAtLevel=1");
        }
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }
}
