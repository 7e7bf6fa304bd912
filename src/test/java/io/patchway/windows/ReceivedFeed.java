package io.patchway.windows;

import io.patchway.connection.Script;
import io.patchway.packagemanager.WindowsScripts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * What came in for PowerShell: one of Patchway's scripts, byte for byte, and its arguments beside it.
 *
 * @param name of the script, such as {@code windows-scan}
 */
record ReceivedFeed(String name, List<String> arguments) {

    /** @throws IllegalArgumentException when it is not whole, or the script is not exactly one of ours */
    static ReceivedFeed parse(List<String> lines) {
        if (lines.isEmpty() || !lines.getLast().equals("end")) {
            throw new IllegalArgumentException("the script did not arrive whole; nothing was run");
        }
        List<String> arguments = new ArrayList<>();
        String text = "";
        for (String line : lines) {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "argument" ->
                    arguments.add(new String(Base64.getDecoder().decode(words[1]), StandardCharsets.UTF_8));
                case "script" -> text += unzipped(Base64.getDecoder().decode(words[1]));
                case "end" -> {}
                default -> throw new IllegalArgumentException("a line that no feed has: " + line);
            }
        }
        String received = text;
        Script script = WindowsScripts.all().stream()
                .filter(each -> each.text().equals(received))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("this is none of Patchway's constant scripts"));
        return new ReceivedFeed(script.name(), List.copyOf(arguments));
    }

    /** What the command line has PowerShell run, from its encoded argument. */
    static String bootstrap(String commandLine) {
        String encoded = commandLine.substring(commandLine.lastIndexOf(' ') + 1);
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_16LE);
    }

    private static String unzipped(byte[] bytes) {
        try (GZIPInputStream unzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(unzip.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
