package io.patchway.store;

import io.patchway.rollout.Rollout;
import io.patchway.rollout.RolloutPhase;
import io.patchway.rollout.RolloutStanding;
import io.patchway.rollout.RolloutStanding.LatestStart;
import io.patchway.run.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** What a request's row says about its rollout. */
record RolloutRow(
        RequestId request,
        boolean ended,
        Rollout rollout,
        RolloutPhase phase,
        int stage,
        int stages,
        Instant since,
        Optional<Instant> dueAt,
        Optional<Instant> soakUntil,
        Optional<RolloutPhase> heldIn,
        Optional<String> reason,
        int forgiven,
        int attempts,
        long fence,
        Optional<LatestStart> windowCutoff) {

    /** Reads the row and keeps it locked until the transaction ends. */
    static Optional<RolloutRow> lock(Handle handle, RequestId request) {
        return read(handle, request, "select * from patch_request where id = :id for update");
    }

    static Optional<RolloutRow> find(Handle handle, RequestId request) {
        return read(handle, request, "select * from patch_request where id = :id");
    }

    private static Optional<RolloutRow> read(Handle handle, RequestId request, String query) {
        return handle.createQuery(query)
                .bind("id", request.value())
                .map(RolloutRow::of)
                .findOne();
    }

    private static RolloutRow of(RowView row) {
        return new RolloutRow(
                new RequestId(row.getColumn("id", UUID.class)),
                RequestRows.optional(row, "ended_at", Instant.class).isPresent(),
                RequestRows.rollout(row),
                row.getColumn("rollout_phase", RolloutPhase.class),
                row.getColumn("rollout_stage", Integer.class),
                row.getColumn("rollout_stages", Integer.class),
                RequestRows.optional(row, "rollout_since", Instant.class)
                        .orElseGet(() -> row.getColumn("accepted_at", Instant.class)),
                RequestRows.optional(row, "rollout_due_at", Instant.class),
                RequestRows.optional(row, "rollout_soak_until", Instant.class),
                RequestRows.optional(row, "rollout_held_in", RolloutPhase.class),
                RequestRows.optional(row, "rollout_reason", String.class),
                row.getColumn("rollout_forgiven", Integer.class),
                row.getColumn("rollout_attempts", Integer.class),
                row.getColumn("rollout_fence", Long.class),
                RequestRows.optional(row, "window_name", String.class)
                        .map(window -> cutoff(window, row.getColumn("window_cutoff", Instant.class))));
    }

    private static LatestStart cutoff(String window, Instant cutoff) {
        return new LatestStart(cutoff, "window " + window + " lets no server start after " + cutoff);
    }

    boolean isDue(Instant now) {
        return dueAt.filter(due -> !due.isAfter(now)).isPresent();
    }

    /** @param patience how long a held rollout waits for somebody to resume it */
    RolloutStanding standing(Handle handle, Duration patience) {
        return new RolloutStanding(
                rollout,
                phase,
                stage,
                stages,
                soakUntil,
                forgiven,
                latestStart(patience),
                ClearanceRows.progress(handle, request, stage));
    }

    private Optional<LatestStart> latestStart(Duration patience) {
        if (phase != RolloutPhase.HELD) {
            return windowCutoff;
        }
        String held = "held, and not resumed in time: " + reason.orElse("");
        Instant end = since.plus(patience);
        Instant latest = windowCutoff.map(LatestStart::at).filter(end::isAfter).orElse(end);
        return Optional.of(new LatestStart(latest, held));
    }
}
