package io.patchway.packagemanager;

import io.patchway.run.InstallProgress;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes an install's progress of the records that {@code windows-install-progress.ps1} prints. What went wrong with
 * each update stands at the end of the log, in words.
 */
final class WindowsProgressReader {
    private final List<AnswerRecord> common = new ArrayList<>();
    private final List<AnswerRecord> explanations = new ArrayList<>();

    /** @throws io.patchway.run.ServerFault when a record is not understood */
    static InstallProgress read(ScriptAnswer answer) {
        WindowsProgressReader reader = new WindowsProgressReader();
        answer.forEach(reader::accept);
        reader.common.addAll(reader.explanations);
        return ProgressReader.read(new ScriptAnswer(answer.server(), reader.common));
    }

    private void accept(AnswerRecord answer) {
        if (!answer.kind().equals("result")) {
            common.add(answer);
            return;
        }
        String code = answer.expect(6).field(2);
        if (!UpdateTrouble.succeeded(code)) {
            String line = "%s failed, %s: %s"
                    .formatted(answer.field(0), UpdateTrouble.result(code), UpdateTrouble.explained(answer.field(3)));
            explanations.add(new AnswerRecord("log", List.of(line), answer.line()));
        }
    }
}
