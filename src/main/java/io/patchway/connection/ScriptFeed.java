package io.patchway.connection;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A script with its arguments as the text that a POSIX {@code sh -s} reads from its standard input.
 *
 * <p>The arguments come in through the same stream, single-quoted for the one shell that is known, instead of on the
 * command line: that line would pass through the account's login shell, whatever it is, ends at 128 KiB, and shows in
 * every process list. The script is one compound command, so that nothing of it happens when the connection breaks half
 * way, and none of its commands can swallow the rest of it.
 */
final class ScriptFeed {
    private ScriptFeed() {}

    static byte[] of(Script script, List<String> arguments) {
        if (script.language() != Script.Language.POSIX_SHELL) {
            throw new IllegalArgumentException(script.name() + " is no script for a POSIX shell");
        }
        StringBuilder text = new StringBuilder("set --");
        arguments.forEach(argument -> text.append(' ').append(quoted(argument)));
        text.append("\n{\n").append(script.text()).append("\n} </dev/null\n");
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String argument) {
        if (argument.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("an argument of a script cannot hold a NUL character");
        }
        return "'" + argument.replace("'", "'\\''") + "'";
    }
}
