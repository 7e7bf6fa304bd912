package io.patchway.store;

import io.patchway.run.RunId;
import io.patchway.run.RunNote;
import io.patchway.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Rows of the time lines. */
final class NoteRows {
    private NoteRows() {}

    static void insert(Handle handle, RunId run, RunState state, int round, String note, Instant now) {
        handle.createUpdate("""
            insert into run_note (run_id, noted_at, state, round, note)
            values (:run, :now, :state, :round, :note)
            """)
                .bind("run", run.value())
                .bind("now", now)
                .bind("state", state)
                .bind("round", round)
                .bind("note", CleanText.of(note))
                .execute();
    }

    /** A further line in the state and round that the run is in, such as one behind its verdict. */
    static void insertAsItStands(Handle handle, RunId run, String note, Instant now) {
        handle.createUpdate("""
            insert into run_note (run_id, noted_at, state, round, note)
            select id, :now, state, round, :note from server_run where id = :run
            """)
                .bind("run", run.value())
                .bind("now", now)
                .bind("note", CleanText.of(note))
                .execute();
    }

    static Map<RunId, List<RunNote>> of(Handle handle, Collection<RunId> runs) {
        Map<RunId, List<RunNote>> notes = new HashMap<>();
        handle.createQuery("select * from run_note where run_id in (<runs>) order by id")
                .bindList("runs", runs.stream().map(RunId::value).toList())
                .map(row -> Map.entry(
                        new RunId(row.getColumn("run_id", UUID.class)),
                        new RunNote(
                                row.getColumn("noted_at", Instant.class),
                                row.getColumn("state", RunState.class),
                                row.getColumn("round", Integer.class),
                                row.getColumn("note", String.class))))
                .forEach(entry -> notes.computeIfAbsent(entry.getKey(), run -> new ArrayList<>())
                        .add(entry.getValue()));
        return notes;
    }
}
