package io.patchway.api.clc.history;

import io.patchway.run.RunNote;
import io.patchway.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The time that a server run spent in one state without leaving it.
 *
 * @param round the round that it belongs to; 0 before the first install
 * @param begin when the state was entered
 * @param text the last thing that was noted in it
 */
record Phase(RunState state, int round, Instant begin, String text) {

    /** The phases of a time line, the last one being where the run stands; what is noted after a verdict is none. */
    static List<Phase> of(List<RunNote> notes) {
        List<Phase> phases = new ArrayList<>();
        for (RunNote note : notes) {
            if (!phases.isEmpty() && phases.getLast().state().ended()) {
                break;
            }
            if (!phases.isEmpty() && phases.getLast().goesOnWith(note)) {
                Phase first = phases.removeLast();
                phases.add(new Phase(first.state(), first.round(), first.begin(), note.text()));
            } else {
                phases.add(new Phase(note.state(), note.round(), note.at(), note.text()));
            }
        }
        return phases;
    }

    private boolean goesOnWith(RunNote note) {
        return state == note.state() && round == note.round();
    }

    /** Whether the server is looked at here. */
    boolean checks() {
        return state == RunState.SCANNING || state == RunState.VERIFYING;
    }
}
