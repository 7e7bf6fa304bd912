package io.patchway.mail;

import io.patchway.maintenance.MaintenanceMode;
import io.patchway.run.MachineMemory;
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
 * @param figures rounds, reboots and time in one line, and what became of a machine that was started for the run
 * @param trouble why it did not succeed; empty when it did
 * @param maintenance that and why it stays in maintenance mode; empty when it does not
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
        String maintenance,
        List<String> maintenanceLines,
        List<ChangeGroup> groups) {

    static ServerDetail of(RunReport run, String executionId, Operation operation) {
        String took = took(run);
        String trouble = trouble(run);
        String maintenance = maintenance(run);
        return new ServerDetail(
                run.server().value(),
                executionId,
                Wording.of(run.state()),
                Tone.of(run.state()),
                run.rounds(),
                run.reboots(),
                took,
                Wording.count(run.rounds(), "round", "rounds") + ", "
                        + Wording.count(run.reboots(), "reboot", "reboots") + ", " + took + power(run),
                trouble,
                trouble.isEmpty() ? List.of() : PlainText.wrap(trouble, "    "),
                maintenance,
                maintenance.isEmpty() ? List.of() : PlainText.wrap(maintenance, "    "),
                groups(run, operation));
    }

    /** What the time line says of it, as a sentence. */
    private static String maintenance(RunReport run) {
        return run.notes().stream()
                .map(RunNote::text)
                .filter(text -> text.startsWith(MaintenanceMode.STAYS_ON))
                .map(text -> "M" + text.substring(1) + ".")
                .findFirst()
                .orElse("");
    }

    private static String took(RunReport run) {
        return run.startedAt()
                .flatMap(start -> run.endedAt().map(end -> Wording.of(Duration.between(start, end))))
                .orElse("not started");
    }

    /** A server that was started for the run is off again, or somebody should know that it is not. */
    private static String power(RunReport run) {
        return run.notes().stream()
                .flatMap(note -> MachineMemory.powerRemark(note.text()).stream())
                .reduce((earlier, later) -> later)
                .map(remark -> "; started for this run, " + remark)
                .orElse("");
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
