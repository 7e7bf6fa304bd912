package io.patchway.api.clc.maintenance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchway.api.clc.operation.OperationLookup;
import io.patchway.api.clc.operation.OperationStatus;
import io.patchway.api.clc.operation.StatusWord;
import io.patchway.maintenance.MaintenanceChange;
import io.patchway.maintenance.MaintenanceModes;
import io.patchway.run.ExecutionNumber;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Changes of maintenance modes as operations: each was done when it was recorded. */
public final class MaintenanceLookup implements OperationLookup {
    private final MaintenanceModes modes;

    public MaintenanceLookup(MaintenanceModes modes) {
        this.modes = modes;
    }

    @Override
    public Optional<OperationStatus> find(ExecutionNumber number) {
        return modes.change(number.value()).map(MaintenanceLookup::status);
    }

    private static OperationStatus status(MaintenanceChange change) {
        ObjectNode facts = JsonNodeFactory.instance
                .objectNode()
                .put("operation", "MAINTENANCE_MODE")
                .put("inMaintenanceMode", change.until().isPresent())
                .put("message", change.reason());
        facts.putObject("source")
                .put("userName", change.by())
                .put("requestedAt", change.at().truncatedTo(ChronoUnit.SECONDS).toString());
        return new OperationStatus(StatusWord.SUCCEEDED, change.server(), true, facts);
    }
}
