package io.patchway.run;

import io.patchway.maintenance.MaintenanceWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How patient a server run is.
 *
 * @param queueDeadline how long a run may wait for other runs on its server
 * @param startDeadline how long a server may take to be reachable, let us in and free its package manager's lock
 * @param scanDeadline how long a scan may be tried
 * @param installDeadline how long one install may take
 * @param rebootDeadline how long it may take to learn whether a reboot command has arrived; longer than a boot
 * @param returnDeadline how long a server may take to be back after a reboot command
 * @param poll pause between two looks at an install or at a rebooting server
 * @param busyPause pause before a queued run looks again whether its server is free
 * @param rebootReserve time that must be left in a maintenance window for a reboot to be begun
 * @param maintenance how long a maintenance mode lasts that a run enters, unless it is left before
 */
public record RunPolicy(
        Duration queueDeadline,
        Duration startDeadline,
        Duration scanDeadline,
        Duration installDeadline,
        Duration rebootDeadline,
        Duration returnDeadline,
        Duration poll,
        Duration busyPause,
        Duration rebootReserve,
        Duration maintenance) {

    /** A policy with the usual maintenance mode. */
    public RunPolicy(
            Duration queueDeadline,
            Duration startDeadline,
            Duration scanDeadline,
            Duration installDeadline,
            Duration rebootDeadline,
            Duration returnDeadline,
            Duration poll,
            Duration busyPause,
            Duration rebootReserve) {
        this(
                queueDeadline,
                startDeadline,
                scanDeadline,
                installDeadline,
                rebootDeadline,
                returnDeadline,
                poll,
                busyPause,
                rebootReserve,
                MaintenanceWatch.LONGEST);
    }

    /** The defaults that the documentation promises. */
    public static RunPolicy standard() {
        return new RunPolicy(
                Duration.ofHours(24),
                Duration.ofMinutes(5),
                Duration.ofMinutes(15),
                Duration.ofHours(2),
                Duration.ofMinutes(20),
                Duration.ofMinutes(15),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofMinutes(15));
    }

    /** When a state that is entered now ends with a verdict of its own; empty for states that only wait. */
    public Optional<Instant> deadline(RunState state, Instant now) {
        return switch (state) {
            case PRECHECK -> Optional.of(now.plus(startDeadline));
            case SCANNING, VERIFYING -> Optional.of(now.plus(scanDeadline));
            case INSTALLING -> Optional.of(now.plus(installDeadline));
            case REBOOTING -> Optional.of(now.plus(rebootDeadline));
            case WAITING_FOR_RETURN, OPERATING -> Optional.of(now.plus(returnDeadline));
            case QUEUED,
                    WAITING_WINDOW,
                    SUCCEEDED,
                    SUCCEEDED_REBOOT_PENDING,
                    PARTIAL,
                    FAILED,
                    UNKNOWN,
                    DEFERRED,
                    CANCELLED,
                    NO_PROGRESS -> Optional.empty();
        };
    }

    /** Whether a reboot that begins now would fit into the window of a request. */
    public boolean leavesRoomForReboot(PatchRequest request, Instant now) {
        return request.window()
                .map(window -> !now.plus(rebootReserve).isAfter(window.closes()))
                .orElse(true);
    }

    /** Pause after so many failed attempts: doubles from {@link #poll}, at most 30 seconds. */
    public Duration backOff(int attempts) {
        Duration pause = poll.multipliedBy(1L << Math.min(attempts, 10));
        Duration most = Duration.ofSeconds(30);
        return pause.compareTo(most) > 0 ? most : pause;
    }

    /**
     * Pause between two looks at a rebooting server: {@link #poll} for the first ten, then longer, at most 15 seconds.
     */
    public Duration returnPause(int attempts) {
        Duration pause = poll.multipliedBy(Math.max(1, attempts / 10));
        Duration most = Duration.ofSeconds(15);
        return pause.compareTo(most) > 0 ? most : pause;
    }
}
