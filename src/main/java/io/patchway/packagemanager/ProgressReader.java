package io.patchway.packagemanager;

import io.patchway.run.HookOccasion;
import io.patchway.run.HookResult;
import io.patchway.run.InstallProgress;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerFault.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes an install's progress of the records that {@code install-progress.sh} prints. */
final class ProgressReader {
    private String state = "";
    private Optional<ExitStatus> exit = Optional.empty();
    private final List<String> log = new ArrayList<>();
    private final Map<HookOccasion, Optional<Integer>> hookStatus = new EnumMap<>(HookOccasion.class);
    private final Map<HookOccasion, List<String>> hookLogs = new EnumMap<>(HookOccasion.class);

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
            case "hook" -> hookStatus.put(HookWords.occasion(answer.expect(2).field(0)), status(answer.field(1)));
            case "hook-log" ->
                hookLogs.computeIfAbsent(HookWords.occasion(answer.field(0)), first -> new ArrayList<>())
                        .add(String.join(
                                "\t", answer.fields().subList(1, answer.fields().size())));
            default ->
                throw new IllegalArgumentException("'" + PlainText.line(answer.kind(), 40) + "' is no kind of record");
        }
    }

    private static Optional<Integer> status(String word) {
        return word.equals("unknown") ? Optional.empty() : Optional.of(Integer.valueOf(word));
    }

    private List<HookResult> hooks() {
        return hookStatus.entrySet().stream()
                .map(hook -> new HookResult(
                        hook.getKey(),
                        hook.getValue(),
                        String.join("\n", hookLogs.getOrDefault(hook.getKey(), List.of()))))
                .toList();
    }

    private Optional<InstallProgress> progress() {
        String tail = String.join("\n", log);
        return switch (state) {
            case "not-started" -> Optional.of(new InstallProgress.NotStarted());
            case "working" -> Optional.of(new InstallProgress.Working(tail));
            case "interrupted" -> Optional.of(new InstallProgress.Interrupted(tail, hooks()));
            case "ended" -> exit.map(one -> new InstallProgress.Ended(one.status(), one.meaning(tail), tail, hooks()));
            default -> Optional.empty();
        };
    }
}
