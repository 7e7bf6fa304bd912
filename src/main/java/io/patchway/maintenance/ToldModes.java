package io.patchway.maintenance;

import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Maintenance modes that tell of each change that is made through them.
 *
 * @param changed is run after a change
 */
public record ToldModes(MaintenanceModes modes, Runnable changed) implements MaintenanceModes {
    @Override
    public Optional<MaintenanceMode> of(ServerId server) {
        return modes.of(server);
    }

    @Override
    public List<MaintenanceMode> all() {
        return modes.all();
    }

    @Override
    public Map<ServerId, Long> set(Map<ServerId, MaintenanceOrder> orders, Instant now) {
        Map<ServerId, Long> numbers = modes.set(orders, now);
        changed.run();
        return numbers;
    }

    @Override
    public List<MaintenanceMode> expire(Instant now) {
        List<MaintenanceMode> ended = modes.expire(now);
        if (!ended.isEmpty()) {
            changed.run();
        }
        return ended;
    }

    @Override
    public List<MaintenanceChange> history(ServerId server, int most) {
        return modes.history(server, most);
    }

    @Override
    public Optional<MaintenanceChange> change(long number) {
        return modes.change(number);
    }

    @Override
    public List<ServerId> leftOnBy(UUID request) {
        return modes.leftOnBy(request);
    }
}
