package io.patchway.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came in for a shell: which of Patchway's scripts, and with which arguments.
 *
 * @param name from the script's own first line, {@code # patchway-script: <name> <version>}
 */
record ReceivedScript(String name, List<String> arguments) {
    private static final Pattern NAME = Pattern.compile("(?m)^# patchway-script: ([a-z-]+) \\d+$");
    private static final Pattern ARGUMENT = Pattern.compile("\\G '((?:[^']|'\\\\'')*)'");
    private static final String SET = "set --";
    /** What a shell must have read before it runs anything of a script. */
    private static final String END = "\n} </dev/null\n";

    /** @throws IllegalArgumentException when it is none of Patchway's scripts, or its end is missing */
    static ReceivedScript parse(String feed) {
        if (!feed.endsWith(END)) {
            throw new IllegalArgumentException("the connection broke before the script was complete; nothing was run");
        }
        if (!feed.startsWith(SET)) {
            throw new IllegalArgumentException("a simulated host runs Patchway's own scripts and nothing else");
        }
        List<String> arguments = new ArrayList<>();
        Matcher argument = ARGUMENT.matcher(feed);
        int end = SET.length();
        while (argument.find(end)) {
            arguments.add(argument.group(1).replace("'\\''", "'"));
            end = argument.end();
        }
        Matcher name = NAME.matcher(feed);
        if (!name.find(end)) {
            throw new IllegalArgumentException("a simulated host runs Patchway's own scripts and nothing else");
        }
        return new ReceivedScript(name.group(1), List.copyOf(arguments));
    }
}
