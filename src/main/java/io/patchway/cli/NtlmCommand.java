package io.patchway.cli;

import io.patchway.access.NtlmDesk;
import io.patchway.access.NtlmDesk.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code user ntlm NAME on|off}: who may sign in by NTLM. */
public final class NtlmCommand {
    /** The call that it knows. */
    public static final String USAGE = "user ntlm NAME on [--password-file FILE|-], user ntlm NAME off";

    private static final int WRONG_CALL = 64;
    private static final int NOT_POSSIBLE = 1;
    private static final String ACTOR = "command line";
    private static final String PASSWORD = "password-file";
    private static final String STANDARD_INPUT = "-";

    private final NtlmDesk desk;
    private final InputStream in;
    private final PrintStream out;

    /** @param in where the password is read from unless a file is named */
    public NtlmCommand(NtlmDesk desk, InputStream in, PrintStream out) {
        this.desk = desk;
        this.in = in;
        this.out = out;
    }

    /**
     * Does what the words behind {@code user ntlm} say.
     *
     * @return the exit code: 0; 1 when that user cannot sign in like this; 64 when the words are wrong
     * @throws IOException when the password cannot be read
     */
    public int run(List<String> words) throws IOException {
        List<String> others = new ArrayList<>(words);
        String order = others.size() < 2 ? "" : others.remove(1);
        try {
            CommandWords read = CommandWords.of(others, USAGE);
            return switch (order) {
                case "on" -> turnOn(read);
                case "off" -> turnOff(read);
                default -> throw new IllegalArgumentException("known: " + USAGE);
            };
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            return WRONG_CALL;
        }
    }

    private int turnOn(CommandWords words) throws IOException {
        words.refuseOthers(PASSWORD);
        String name = words.subject();
        String password = password(name, words.option(PASSWORD).orElse(STANDARD_INPUT));
        return switch (desk.turnOn(name, password, ACTOR)) {
            case DONE -> {
                out.println("User " + name
                        + " may sign in by NTLM until it gets another password or is disabled. WARNING: "
                        + NtlmDesk.WARNING);
                yield 0;
            }
            case UNKNOWN -> impossible("There is no such user");
            case DISABLED -> impossible("The user is disabled");
            case WRONG_PASSWORD -> impossible("That is not the password of user " + name);
        };
    }

    private int turnOff(CommandWords words) {
        words.refuseOthers();
        if (desk.turnOff(words.subject(), ACTOR) == Outcome.UNKNOWN) {
            return impossible("There is no such user");
        }
        out.println("User " + words.subject() + " may not sign in by NTLM, and no weak hash of its password is kept");
        return 0;
    }

    private int impossible(String why) {
        out.println(why);
        return NOT_POSSIBLE;
    }

    /** The first line; never a word of the command, which other accounts could see. */
    private String password(String name, String file) throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            out.println("The password of user " + name + ":");
        }
        try (BufferedReader reader = file.equals(STANDARD_INPUT)
                ? new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(Path.of(file))) {
            String line = reader.readLine();
            return line == null ? "" : line;
        }
    }
}
