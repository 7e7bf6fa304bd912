package io.patchway.store;

import io.patchway.run.Clearance;
import io.patchway.run.Operation;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Which servers are worked on, so that nothing else may be done to their machines. */
final class BusyRows {
    private static final List<Operation> PATCHING =
            Arrays.stream(Operation.values()).filter(Operation::isPatching).toList();

    private BusyRows() {}

    /**
     * Those with a run that is at work or about to begin, or with an operation on their machine that has not ended. A
     * run that waits for its rollout or its maintenance window keeps nobody off.
     */
    static Set<ServerId> among(Handle handle, Collection<ServerId> servers, Instant now) {
        if (servers.isEmpty()) {
            return Set.of();
        }
        return handle.createQuery("""
            select distinct run.server_id from server_run run join patch_request request on request.id = run.request_id
            where run.ended_at is null and run.server_id in (<servers>)
                and (request.operation not in (<patching>)
                    or exists (select 1 from server_occupation where run_id = run.id)
                    or (run.clearance = :cleared and (run.due_at <= :now or run.leased_by is not null)
                        and (request.window_opens is null or request.window_opens <= :now)))
            """)
                .bindList("servers", servers.stream().map(ServerId::value).toList())
                .bindList("patching", PATCHING.stream().map(Operation::name).toList())
                .bind("cleared", Clearance.Kind.CLEARED)
                .bind("now", now)
                .mapTo(String.class)
                .map(ServerId::new)
                .collect(Collectors.toSet());
    }
}
