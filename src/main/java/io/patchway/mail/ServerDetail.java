package io.patchway.mail;

import io.patchway.run.Operation;
import io.patchway.run.PatchChange;
import io.patchway.run.PatchChange.Outcome;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunNote;
import io.patchway.run.RunState;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What happened on one server.
 *
 * @param executionId such as {@code WA1-132457}
 * @param took how long, in words
 * @param figures rounds, reboots and time in one line
 * @param trouble why it did not succeed; empty when it did
 * @param groups patches by what became of them
 */
record ServerDetail(
        String server,
        String executionId,
        String result,
        Tone tone,
        int rounds,
        int reboots,
        String took,
        String figures,
        String trouble,
        List<String> troubleLines,
        List<ChangeGroup> groups) {

    static ServerDetail of(RunReport run, String executionId, Operation operation) {
        String took = took(run);
        String trouble = trouble(run);
        return new ServerDetail(
                run.server().value(),
                executionId,
                Wording.of(run.state()),
                Tone.of(run.state()),
                run.rounds(),
                run.reboots(),
                took,
                Wording.count(run.rounds(), "round", "rounds") + ", "
                        + Wording.count(run.reboots(), "reboot", "reboots") + ", " + took,
                trouble,
                trouble.isEmpty() ? List.of() : PlainText.wrap(trouble, "    "),
                groups(run, operation));
    }

    private static String took(RunReport run) {
        return run.startedAt()
                .flatMap(start -> run.endedAt().map(end -> Wording.of(Duration.between(start, end))))
                .orElse("not started");
    }

    private static String trouble(RunReport run) {
        if (run.state() == RunState.SUCCEEDED) {
            return "";
        }
        Optional<String> lastNote =
                run.notes().stream().reduce((earlier, later) -> later).map(RunNote::text);
        return run.lastError().or(() -> lastNote).orElse("No reason was recorded.");
    }

    private static List<ChangeGroup> groups(RunReport run, Operation operation) {
        Collection<PatchChange> changes = lastWords(run.changes());
        return Stream.of(Outcome.FAILED, Outcome.MISSING, Outcome.INSTALLED, Outcome.SKIPPED)
                .map(outcome -> ChangeGroup.of(
                        outcome,
                        operation,
                        changes.stream()
                                .filter(change -> change.outcome() == outcome)
                                .toList()))
                .filter(group -> !group.patches().isEmpty())
                .toList();
    }

    /** What was missing or failed in one round and was installed in a later one is installed. */
    private static Collection<PatchChange> lastWords(List<PatchChange> changes) {
        Map<String, PatchChange> last = new LinkedHashMap<>();
        for (PatchChange change : changes) {
            last.merge(
                    change.key() + " " + change.after(),
                    change,
                    (earlier, later) -> earlier.outcome() == Outcome.INSTALLED ? earlier : later);
        }
        return last.values();
    }
}
