package io.patchway.api.clc.history;

import io.patchway.run.PatchChange;
import io.patchway.run.PatchChange.Outcome;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunState;
import io.patchway.run.step.InstallPatches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A server run as CenturyLink Cloud tells it. Everything is derived from what the run recorded; nothing is guessed:
 *
 * <ul>
 *   <li>an install ends when the package manager does, but is told only when a scan has seen what it achieved;
 *   <li>the scan right after an install is an attempt of its own when it led to another round or to the verdict; when a
 *       reboot followed, the scan after the reboot is.
 * </ul>
 *
 * @param run the run
 * @param phases where it was when
 * @param installs its rounds, the first one first
 */
record Execution(RunReport run, List<Phase> phases, List<Install> installs) {
    Execution {
        phases = List.copyOf(phases);
        installs = List.copyOf(installs);
    }

    static Execution of(RunReport run) {
        List<Phase> phases = Phase.of(run.notes());
        List<Install> installs = new ArrayList<>();
        for (int i = 0; i < phases.size(); i++) {
            Phase phase = phases.get(i);
            if (phase.state() == RunState.INSTALLING && phase.round() > installs.size()) {
                installs.add(install(run, phase, next(phases, i)));
            }
        }
        return new Execution(run, phases, installs);
    }

    private static Install install(RunReport run, Phase installing, Optional<Phase> after) {
        List<PatchChange> results = run.changes().stream()
                .filter(change -> change.round() == installing.round())
                .filter(change -> change.outcome() == Outcome.INSTALLED || change.outcome() == Outcome.FAILED)
                .toList();
        boolean trouble =
                after.filter(phase -> InstallPatches.isTrouble(phase.text())).isPresent();
        return new Install(installing.round(), installing.begin(), after.map(Phase::begin), trouble, results);
    }

    /** The attempts, the newest first. */
    List<Attempt> attempts() {
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < phases.size(); i++) {
            if (phases.get(i).checks()) {
                attempt(i).ifPresent(attempts::addFirst);
            }
        }
        return attempts;
    }

    private Optional<Attempt> attempt(int check) {
        Phase begin = phases.get(check);
        Optional<Phase> next = next(phases, check);
        boolean provesInstall = check > 0 && phases.get(check - 1).state() == RunState.INSTALLING;
        if (next.isEmpty()) {
            return provesInstall ? Optional.empty() : Optional.of(Attempt.open(begin.begin()));
        }
        return switch (next.get().state()) {
            case INSTALLING -> Optional.of(installing(begin, next.get()));
            case REBOOTING ->
                provesInstall
                        ? Optional.empty()
                        : Optional.of(Attempt.ended(begin.begin(), next.get().begin(), Words.NOTHING_TO_INSTALL));
            default ->
                Optional.of(
                        // Not a verdict yet: the machine is put back first.
                        run.state().ended()
                                ? Attempt.ended(begin.begin(), next.get().begin(), lastCheck())
                                : Attempt.open(begin.begin()));
        };
    }

    /** An attempt that wanted to install; a phase of installing that is no new round is the run's last hook. */
    private Attempt installing(Phase begin, Phase next) {
        return installs.stream()
                .filter(install -> install.begin().equals(next.begin()) && install.round() == next.round())
                .findFirst()
                .map(install -> installing(begin, install))
                .orElseGet(() -> run.state().ended()
                        ? Attempt.ended(begin.begin(), next.begin(), lastCheck())
                        : Attempt.open(begin.begin()));
    }

    private Attempt installing(Phase begin, Install install) {
        if (install.results().isEmpty()) {
            return run.state().ended()
                    ? Attempt.ended(begin.begin(), install.end().orElse(install.begin()), lastCheck())
                    : Attempt.open(begin.begin());
        }
        return Attempt.ended(
                begin.begin(),
                install.end().orElse(install.begin()),
                install.achievedSomething()
                        ? Words.downloaded(install.results())
                        : Words.notInstalled(install.results()));
    }

    private String lastCheck() {
        return Words.lastCheck(run.state(), reason());
    }

    /** How the execution ended; empty while it goes on. */
    String endMessage() {
        return run.state().ended() ? Words.end(run.state(), reason()) : "";
    }

    private String reason() {
        return phases.stream()
                .filter(phase -> phase.state().ended())
                .findFirst()
                .map(Phase::text)
                .or(run::lastError)
                .orElse("no reason was recorded");
    }

    /** The install that goes on at this moment, or that no scan has proven yet. */
    Optional<Install> openInstall() {
        return installs.isEmpty() || run.state().ended()
                ? Optional.empty()
                : Optional.of(installs.getLast())
                        .filter(install -> install.results().isEmpty());
    }

    private static Optional<Phase> next(List<Phase> phases, int index) {
        return index + 1 < phases.size() ? Optional.of(phases.get(index + 1)) : Optional.empty();
    }
}
