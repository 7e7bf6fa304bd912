package io.patchway.packagemanager;

import io.patchway.run.ServerFault;
import io.patchway.run.ServerFault.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a verdict of the records that {@code check-health.sh} prints. */
final class HealthAnswer {
    private static final String TOOK_TOO_LONG = "124";

    private Optional<String> status = Optional.empty();
    private final List<String> said = new ArrayList<>();

    /**
     * @return empty when the program ended with 0; else how it ended
     * @throws ServerFault when a record is not understood
     */
    static Optional<String> read(ScriptAnswer answer) {
        HealthAnswer reader = new HealthAnswer();
        answer.forEach(reader::accept);
        String status = reader.status.orElseThrow(() -> new ServerFault(
                Kind.BAD_ANSWER, answer.server().id() + ": the health command's status is missing from its answer"));
        return status.equals("0") ? Optional.empty() : Optional.of(reader.trouble(status));
    }

    private void accept(AnswerRecord answer) {
        switch (answer.kind()) {
            case "status" -> status = Optional.of(answer.expect(1).field(0));
            case "said" -> said.add(String.join(" ", answer.fields()));
            default ->
                throw new IllegalArgumentException("'" + PlainText.line(answer.kind(), 40) + "' is no kind of record");
        }
    }

    private String trouble(String status) {
        String how = status.equals(TOOK_TOO_LONG)
                ? "the command took too long"
                : "the command ended with status " + PlainText.line(status, 10);
        return said.isEmpty() ? how : how + ": " + String.join(" / ", said);
    }
}
