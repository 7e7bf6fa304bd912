package io.patchway.store;

import io.patchway.rollout.Rollout;
import io.patchway.rollout.RolloutPhase;
import io.patchway.rollout.Stages;
import io.patchway.run.HookOccasion;
import io.patchway.run.MachineOrders;
import io.patchway.run.Operation;
import io.patchway.run.PatchOverride;
import io.patchway.run.PatchRequest;
import io.patchway.run.PatchRequest.WindowSpan;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestId;
import io.patchway.run.SpecialOrders;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** Rows of patch requests. */
final class RequestRows {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_ORIGIN = 1000;

    private RequestRows() {}

    static void insert(Handle handle, PatchRequest request, Stages stages, Optional<String> fingerprint) {
        boolean allAtOnce = request.rollout().allAtOnce();
        handle.createUpdate("""
            insert into patch_request (id, fingerprint, operation, reboot_option, max_rounds, origin,
                requester, baseline, snapshot, script_package, excluded, recipients, window_name, window_opens,
                window_cutoff, window_closes, accepted_at, open_runs,
                rollout, rollout_phase, rollout_stages, rollout_since, rollout_due_at, override, memo)
            values (:id, :fingerprint, :operation, :rebootOption, :maxRounds, :origin,
                :requester, :baseline, :snapshot, :scriptPackage, :excluded, :recipients, :windowName, :windowOpens,
                :windowCutoff, :windowCloses, :acceptedAt, :openRuns,
                :rollout, :phase, :stages, :acceptedAt, :rolloutDueAt, :override, :memo)
            """)
                .bind("id", request.id().value())
                .bind("fingerprint", fingerprint)
                .bind("operation", request.operation())
                .bind("rebootOption", request.rebootOption())
                .bind("maxRounds", request.maxRounds())
                .bind("origin", CleanText.of(request.origin(), LONGEST_ORIGIN))
                .bind("requester", CleanText.of(request.requester(), LONGEST_ORIGIN))
                .bind("baseline", request.baseline().map(RequestRows::name))
                .bind("snapshot", request.snapshot())
                .bind("scriptPackage", request.scriptPackage().map(RequestRows::name))
                .bind("excluded", JsonText.ofTexts(request.excluded()))
                .bind("recipients", JsonText.ofTexts(request.recipients()))
                .bind("windowName", request.window().map(WindowSpan::name).map(RequestRows::name))
                .bind("windowOpens", request.window().map(WindowSpan::opens))
                .bind("windowCutoff", request.window().map(WindowSpan::cutoff))
                .bind("windowCloses", request.window().map(WindowSpan::closes))
                .bind("acceptedAt", request.acceptedAt())
                .bind("openRuns", request.servers().size())
                .bind("rollout", JsonText.of(request.rollout()))
                .bind("phase", allAtOnce ? RolloutPhase.DONE : RolloutPhase.RUNNING)
                .bind("stages", stages.count())
                .bind("override", document(request.special()))
                .bind("memo", request.special().memo())
                .bind("rolloutDueAt", Optional.of(request.acceptedAt()).filter(due -> !allAtOnce))
                .execute();
    }

    private static String name(String text) {
        return CleanText.of(text, LONGEST_NAME);
    }

    static Optional<PatchRequest> find(Handle handle, RequestId id) {
        List<ServerId> servers = handle.createQuery(
                        "select server_id from server_run where request_id = :id order by ordinal")
                .bind("id", id.value())
                .map(row -> new ServerId(row.getColumn("server_id", String.class)))
                .list();
        return handle.createQuery("select * from patch_request where id = :id")
                .bind("id", id.value())
                .map(row -> request(row, servers))
                .findOne();
    }

    static Optional<RequestId> findByFingerprint(Handle handle, String fingerprint) {
        return handle.createQuery("select id from patch_request where fingerprint = :fingerprint")
                .bind("fingerprint", fingerprint)
                .mapTo(UUID.class)
                .findOne()
                .map(RequestId::new);
    }

    static List<RequestId> newest(Handle handle, int limit) {
        return handle.createQuery("select id from patch_request order by accepted_at desc, id desc limit :limit")
                .bind("limit", limit)
                .mapTo(UUID.class)
                .map(RequestId::new)
                .list();
    }

    static Optional<Instant> endedAt(Handle handle, RequestId id) {
        return handle.createQuery("select ended_at from patch_request where id = :id and ended_at is not null")
                .bind("id", id.value())
                .mapTo(Instant.class)
                .findOne();
    }

    static void lock(Handle handle, RequestId id) {
        handle.createQuery("select id from patch_request where id = :id for update")
                .bind("id", id.value())
                .mapTo(UUID.class)
                .one();
    }

    /**
     * Counts one run as ended, and has the rollout looked at. The row stays locked until the transaction ends, so of
     * two last runs that end at the same time exactly one is told that it was the last.
     *
     * @return whether this was the last open run
     */
    static boolean endRun(Handle handle, RequestId id, Instant now) {
        handle.createUpdate("""
            update patch_request set open_runs = open_runs - 1,
                rollout_due_at = case when rollout_phase = 'RUNNING' then :now else rollout_due_at end
            where id = :id
            """).bind("id", id.value()).bind("now", now).execute();
        return handle.createUpdate("""
            update patch_request set ended_at = :now
            where id = :id and open_runs = 0 and ended_at is null
            """).bind("id", id.value()).bind("now", now).execute() == 1;
    }

    /**
     * Whether mails tell of the request: of what is done to power and snapshots only those who asked to be told hear.
     */
    static boolean isMailed(Handle handle, RequestId id) {
        return handle.createQuery("select operation, recipients from patch_request where id = :id")
                .bind("id", id.value())
                .map(row -> row.getColumn("operation", Operation.class).isPatching()
                        || !JsonText.readTexts(row.getColumn("recipients", String.class))
                                .isEmpty())
                .findOne()
                .orElse(false);
    }

    private static PatchRequest request(RowView row, List<ServerId> servers) {
        return new PatchRequest(
                new RequestId(row.getColumn("id", UUID.class)),
                row.getColumn("operation", Operation.class),
                row.getColumn("reboot_option", RebootOption.class),
                row.getColumn("max_rounds", Integer.class),
                row.getColumn("origin", String.class),
                row.getColumn("requester", String.class),
                servers,
                optional(row, "baseline", String.class),
                optional(row, "snapshot", UUID.class),
                optional(row, "script_package", String.class),
                JsonText.readTexts(row.getColumn("excluded", String.class)),
                JsonText.readTexts(row.getColumn("recipients", String.class)),
                optional(row, "window_name", String.class).map(name -> window(row, name)),
                rollout(row),
                special(row),
                row.getColumn("accepted_at", Instant.class));
    }

    private static Optional<String> document(SpecialOrders special) {
        return special.equals(new SpecialOrders(Optional.empty(), special.memo()))
                ? Optional.empty()
                : Optional.of(JsonText.of(OrdersDocument.of(special)));
    }

    private static SpecialOrders special(RowView row) {
        OrdersDocument orders = optional(row, "override", String.class)
                .map(text -> JsonText.read(text, OrdersDocument.class))
                .orElse(OrdersDocument.NONE);
        return new SpecialOrders(
                orders.override(),
                optional(row, "memo", String.class),
                orders.hooks(),
                orders.maintenance(),
                orders.machine(),
                orders.anyHostKey());
    }

    /** Names the kind of the override beside it; one from before there were hooks has none. */
    private record OrdersDocument(
            Optional<PatchOverride> override,
            Map<HookOccasion, String> hooks,
            boolean maintenance,
            MachineOrders machine,
            boolean anyHostKey) {
        static final OrdersDocument NONE =
                new OrdersDocument(Optional.empty(), Map.of(), false, MachineOrders.NONE, false);

        static OrdersDocument of(SpecialOrders special) {
            return new OrdersDocument(
                    special.override(),
                    special.hooks(),
                    special.maintenance(),
                    special.machine(),
                    special.anyHostKey());
        }
    }

    /** Requests from before there were rollouts have an empty one. */
    static Rollout rollout(RowView row) {
        String written = row.getColumn("rollout", String.class);
        return written.equals("{}") ? Rollout.ALL_AT_ONCE : JsonText.read(written, Rollout.class);
    }

    private static WindowSpan window(RowView row, String name) {
        return new WindowSpan(
                name,
                row.getColumn("window_opens", Instant.class),
                row.getColumn("window_cutoff", Instant.class),
                row.getColumn("window_closes", Instant.class));
    }

    static <T> Optional<T> optional(RowView row, String column, Class<T> type) {
        return Optional.ofNullable(row.getColumn(column, type));
    }
}
