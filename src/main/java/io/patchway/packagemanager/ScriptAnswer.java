package io.patchway.packagemanager;

import io.patchway.connection.ScriptOutput;
import io.patchway.run.RebootProgress;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerFault.Kind;
import io.patchway.server.Server;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A complete answer of a script: its records between header and end.
 *
 * @param server who answered
 */
record ScriptAnswer(Server server, List<AnswerRecord> records) {
    /** Lines before the header, from a talkative login, that are overlooked. */
    private static final int NOISE_LINES = 200;

    private static final int LONGEST_FIELD = 2_000;

    ScriptAnswer {
        records = List.copyOf(records);
    }

    /**
     * Reads an answer.
     *
     * @param format what the header must say, such as {@code patchway-scan}
     * @throws ServerFault when the answer is incomplete, not in this format, or is itself a fault
     */
    static ScriptAnswer read(Server server, String format, ScriptOutput output) {
        if (output.truncated()) {
            throw bad(server, "its answer is longer than any real one and was cut", output);
        }
        List<AnswerRecord> records = new ArrayList<>();
        String[] lines = output.stdout().split("\n", -1);
        int line = afterHeader(server, format, lines, output);
        for (; line < lines.length; line++) {
            AnswerRecord answer = parse(lines[line], line + 1);
            switch (answer.kind()) {
                case "end" -> {
                    return new ScriptAnswer(server, records);
                }
                case "fault" -> throw told(server, answer);
                default -> records.add(answer);
            }
        }
        throw incomplete(server, output);
    }

    /** Gives each record to the reader; what the reader cannot accept becomes a fault that names the line. */
    void forEach(Consumer<AnswerRecord> reader) {
        for (AnswerRecord answer : records) {
            try {
                reader.accept(answer);
            } catch (IllegalArgumentException e) {
                throw new ServerFault(
                        Kind.BAD_ANSWER,
                        "%s: line %d of its answer is not understood: %s"
                                .formatted(server.id(), answer.line(), e.getMessage()),
                        e);
            }
        }
    }

    /** The last record of each kind. */
    Map<String, AnswerRecord> byKind() {
        Map<String, AnswerRecord> found = new HashMap<>();
        records.forEach(one -> found.put(one.kind(), one));
        return found;
    }

    /**
     * The one value of an answer with a single record.
     *
     * @throws ServerFault when there is no such record with one value
     */
    String single(String kind) {
        return value(server, byKind(), kind);
    }

    /** @throws ServerFault when there is no such record with one value */
    static String value(Server server, Map<String, AnswerRecord> records, String kind) {
        AnswerRecord answer = records.get(kind);
        if (answer == null || answer.fields().size() != 1 || answer.field(0).isBlank()) {
            throw new ServerFault(Kind.BAD_ANSWER, "%s: its answer lacks '%s'".formatted(server.id(), kind));
        }
        return answer.field(0);
    }

    /** What it says about a reboot. */
    RebootProgress rebootProgress() {
        return switch (single("reboot")) {
            case "not-told" -> RebootProgress.NOT_TOLD;
            case "told-before" -> RebootProgress.TOLD;
            case "other-boot" -> RebootProgress.OTHER_BOOT;
            default ->
                throw new ServerFault(Kind.BAD_ANSWER, server.id() + ": its answer about the reboot is not understood");
        };
    }

    private static int afterHeader(Server server, String format, String[] lines, ScriptOutput output) {
        for (int line = 0; line < Math.min(lines.length, NOISE_LINES); line++) {
            if (lines[line].equals(format + "\t1")) {
                return line + 1;
            }
        }
        throw incomplete(server, output);
    }

    private static AnswerRecord parse(String text, int line) {
        String[] words = text.split("\t", -1);
        List<String> fields = new ArrayList<>(words.length - 1);
        for (int word = 1; word < words.length; word++) {
            fields.add(PlainText.line(words[word], LONGEST_FIELD));
        }
        return new AnswerRecord(words[0], fields, line);
    }

    private static ServerFault told(Server server, AnswerRecord answer) {
        if (answer.fields().size() != 2) {
            return new ServerFault(Kind.BAD_ANSWER, server.id() + ": reports a fault without saying which");
        }
        Kind kind = switch (answer.field(0)) {
            case "METADATA" -> Kind.METADATA;
            case "LOCKED" -> Kind.LOCKED;
            case "NO_SPACE" -> Kind.NO_SPACE;
            case "UNSUPPORTED" -> Kind.UNSUPPORTED;
            case "NOT_PERMITTED" -> Kind.NOT_PERMITTED;
            default -> Kind.BAD_ANSWER;
        };
        return new ServerFault(kind, "%s: %s".formatted(server.id(), answer.field(1)));
    }

    private static ServerFault incomplete(Server server, ScriptOutput output) {
        if (output.exitCode().isEmpty()) {
            return new ServerFault(
                    Kind.UNREACHABLE,
                    server.id() + ": the connection ended before the answer was complete; it is asked again");
        }
        return bad(server, "its answer is incomplete", output);
    }

    private static ServerFault bad(Server server, String what, ScriptOutput output) {
        String status =
                output.exitCode().isPresent() ? "status " + output.exitCode().getAsInt() : "no status";
        String said = PlainText.line(output.stderr(), 300).strip();
        return new ServerFault(
                Kind.BAD_ANSWER,
                "%s: %s (%s%s). Run %s there by hand to see what disturbs it"
                        .formatted(
                                server.id(),
                                what,
                                status,
                                said.isEmpty() ? "" : ", it said: " + said,
                                server.runsWindows() ? "powershell.exe" : "a POSIX shell"));
    }
}
