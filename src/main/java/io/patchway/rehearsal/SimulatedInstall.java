package io.patchway.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An install under way on a simulated host: one package after the other, each taking its time.
 *
 * @param hooks the occasions for which it came with a hook
 * @param boot the boot that it was started in; a reboot interrupts it
 */
record SimulatedInstall(List<OfferedUpdate> updates, List<String> hooks, Instant started, Duration each, String boot) {

    /** The updates whose turn is over, whether they went well or not. */
    List<OfferedUpdate> past(Instant now) {
        long steps = Duration.between(started, now).dividedBy(each);
        return updates.subList(0, Math.clamp(steps, 0, updates.size()));
    }

    /** The same install without the updates whose turn has not begun. */
    SimulatedInstall stopped(Instant now) {
        int begun = Math.min(past(now).size() + 1, updates.size());
        return new SimulatedInstall(updates.subList(0, begun), hooks, started, each, boot);
    }

    boolean ended(Instant now) {
        return !now.isBefore(started.plus(each.multipliedBy(updates.size())));
    }

    int exitStatus() {
        return updates.stream().anyMatch(OfferedUpdate::breaks) ? 1 : 0;
    }

    /** What dnf would have said so far. */
    List<String> log(Instant now) {
        List<String> lines = new ArrayList<>(List.of("Running transaction"));
        int number = 0;
        for (OfferedUpdate update : past(now)) {
            number++;
            lines.add("  Upgrading        : %s  %d/%d".formatted(update.label(), number, updates.size()));
            if (update.breaks()) {
                lines.add("error: %%prein(%s) scriptlet failed, exit status 1".formatted(update.label()));
            }
        }
        if (ended(now)) {
            lines.add(exitStatus() == 0 ? "Complete!" : "Error: Transaction failed");
        }
        return lines;
    }

    /** The updates that are in place by now; those that break never are. */
    Set<OfferedUpdate> inPlace(Instant now) {
        return Set.copyOf(past(now).stream().filter(update -> !update.breaks()).toList());
    }
}
