package io.patchway.store;

import io.patchway.audit.AuditLog;
import io.patchway.maintenance.Alert;
import io.patchway.maintenance.MaintenanceChange.Kind;
import io.patchway.maintenance.MaintenanceMode;
import io.patchway.run.RequestId;
import io.patchway.run.RunState;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What server runs do with the maintenance mode of their server, in the transaction of the step: whatever is killed
 * when, the mode is there if and only if the step was committed. What a user has set is never touched.
 */
final class RunMaintenance {
    private final MaintenanceRows rows;
    private final AlertRows alerts;

    RunMaintenance(AuditRows audit) {
        this.rows = new MaintenanceRows(audit);
        this.alerts = new AlertRows(audit);
    }

    /** Enters the mode for the run of a request. Returns the line for the time line. */
    String enter(Handle handle, ServerId server, RequestId request, Instant until, Instant now) {
        Optional<MaintenanceMode> present = MaintenanceRows.locked(handle, server);
        if (present.filter(MaintenanceMode::isUsersOwn).isPresent()) {
            return "maintenance mode was set by " + present.get().by() + " and stays as it is";
        }
        MaintenanceMode mode = new MaintenanceMode(
                server, now, until, requester(handle, request), "being patched", Optional.of(request.value()));
        if (present.isPresent()) {
            rows.change(handle, mode, Kind.TAKEN_OVER, "being patched once more", now);
        } else {
            rows.enter(handle, mode, now);
        }
        return "maintenance mode entered, until " + until + " at most";
    }

    /**
     * Leaves the mode that the run entered when the run succeeded, and raises an alert when it did not: then the mode
     * stays on for as long again as it was to last.
     *
     * @return what was done; empty when the run had entered none, or somebody has ended it or made it his own since
     */
    Optional<Ending> ended(Handle handle, ServerId server, RequestId request, RunState verdict, Instant now) {
        return MaintenanceRows.locked(handle, server)
                .filter(mode -> mode.request().equals(Optional.of(request.value())))
                .map(mode ->
                        verdict == RunState.SUCCEEDED ? leave(handle, mode, now) : leaveOn(handle, mode, verdict, now));
    }

    private Ending leave(Handle handle, MaintenanceMode mode, Instant now) {
        rows.end(handle, mode, Kind.LEFT, AuditLog.PATCHWAY, "patched and verified", now);
        return new Ending(mode.server(), "maintenance mode left", false);
    }

    private Ending leaveOn(Handle handle, MaintenanceMode mode, RunState verdict, Instant now) {
        Instant until = now.plus(Duration.between(mode.since(), mode.until()));
        String reason = "the run ended " + verdict;
        MaintenanceMode longer =
                new MaintenanceMode(mode.server(), mode.since(), until, mode.by(), reason, mode.request());
        rows.change(handle, longer, Kind.LEFT_ON, reason, now);
        String line = MaintenanceMode.STAYS_ON + ", because " + reason + "; it expires at " + until;
        alerts.raise(handle, Alert.LEFT_IN_MAINTENANCE, mode.server(), line, now);
        return new Ending(mode.server(), line, true);
    }

    private static String requester(Handle handle, RequestId request) {
        return handle.createQuery("select requester from patch_request where id = :id")
                .bind("id", request.value())
                .mapTo(String.class)
                .one();
    }

    /**
     * What the end of a run did with its maintenance mode.
     *
     * @param line for the time line
     * @param alert whether it calls for a person
     */
    record Ending(ServerId server, String line, boolean alert) {
        String text() {
            return server + ": " + line;
        }
    }
}
