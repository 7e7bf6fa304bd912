package io.patchway.packagemanager;

import io.patchway.run.InstallProgress;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerFault.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes an install's progress of the records that {@code install-progress.sh} prints. */
final class ProgressReader {
    private String state = "";
    private Optional<ExitStatus> exit = Optional.empty();
    private final List<String> log = new ArrayList<>();

    /** @throws ServerFault when a record is not understood */
    static InstallProgress read(ScriptAnswer answer) {
        ProgressReader reader = new ProgressReader();
        answer.forEach(reader::accept);
        return reader.progress()
                .orElseThrow(() -> new ServerFault(
                        Kind.BAD_ANSWER,
                        "%s: the progress of the install is not understood"
                                .formatted(answer.server().id())));
    }

    private void accept(AnswerRecord answer) {
        switch (answer.kind()) {
            case "state" -> state = answer.expect(1).field(0);
            case "exit" ->
                exit = Optional.of(new ExitStatus(answer.expect(2).field(0), Integer.parseInt(answer.field(1))));
            case "log" -> log.add(String.join("\t", answer.fields()));
            default ->
                throw new IllegalArgumentException("'" + PlainText.line(answer.kind(), 40) + "' is no kind of record");
        }
    }

    private Optional<InstallProgress> progress() {
        String tail = String.join("\n", log);
        return switch (state) {
            case "not-started" -> Optional.of(new InstallProgress.NotStarted());
            case "working" -> Optional.of(new InstallProgress.Working(tail));
            case "interrupted" -> Optional.of(new InstallProgress.Interrupted(tail));
            case "ended" -> exit.map(one -> new InstallProgress.Ended(one.status(), one.meaning(tail), tail));
            default -> Optional.empty();
        };
    }
}
