package io.patchway.store;

import io.patchway.audit.AuditLog;
import io.patchway.maintenance.Alert;
import io.patchway.maintenance.MaintenanceMode;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/**
 * Raises alerts, inside the transaction that causes them; the audit log has every one, also those that nobody is told.
 *
 * @param audit where they are recorded
 */
record AlertRows(AuditRows audit) {

    /**
     * Records an alert.
     *
     * @return whether it is to be told; false when a user's own maintenance mode silences it
     */
    boolean raise(Handle handle, Alert alert, ServerId server, String text, Instant now) {
        boolean silenced = alert.isSilenceable()
                && MaintenanceRows.find(handle, server)
                        .filter(MaintenanceMode::isUsersOwn)
                        .isPresent();
        String word = alert.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        audit.insert(
                handle,
                AuditLog.PATCHWAY,
                silenced ? Alert.SILENCED : Alert.RAISED,
                "server " + server,
                word + ": " + text,
                now);
        return !silenced;
    }
}
