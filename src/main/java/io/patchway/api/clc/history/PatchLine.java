package io.patchway.api.clc.history;

import io.patchway.run.PatchChange;
import io.patchway.run.PatchChange.Outcome;
import io.patchway.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One patch of an execution, with a result code of the Windows Update Agent, whatever the package manager.
 *
 * @param end empty while its install goes on
 */
record PatchLine(Instant begin, Optional<Instant> end, String installing, int resultCode, String status) {
    private static final int IN_PROGRESS = 1;
    private static final int SUCCEEDED = 2;
    private static final int SUCCEEDED_WITH_ERRORS = 3;
    private static final int FAILED = 4;
    private static final int ABORTED = 5;

    /**
     * The patches of an execution, those of the newest round first; what was left out on purpose is none of them.
     *
     * @param planned what the install that goes on wants to bring
     */
    static List<PatchLine> of(Execution execution, List<PatchChange> planned) {
        List<PatchLine> lines = new ArrayList<>();
        execution.openInstall().ifPresent(install -> planned.forEach(patch -> lines.add(inProgress(install, patch))));
        for (Install install : execution.installs().reversed()) {
            install.results().forEach(patch -> lines.add(ended(execution, install, patch)));
        }
        return lines;
    }

    private static PatchLine inProgress(Install install, PatchChange patch) {
        return new PatchLine(install.begin(), Optional.empty(), Words.installing(patch), IN_PROGRESS, "PENDING");
    }

    private static PatchLine ended(Execution execution, Install install, PatchChange patch) {
        boolean there = patch.outcome() == Outcome.INSTALLED;
        return new PatchLine(
                install.begin(),
                install.end(),
                Words.installing(patch),
                there ? goodCode(install) : badCode(execution),
                there ? "COMPLETED" : "FAILED");
    }

    private static int goodCode(Install install) {
        return install.doneInSpiteOfTrouble() ? SUCCEEDED_WITH_ERRORS : SUCCEEDED;
    }

    private static int badCode(Execution execution) {
        return execution.run().state() == RunState.CANCELLED ? ABORTED : FAILED;
    }
}
