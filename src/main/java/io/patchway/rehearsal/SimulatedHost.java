package io.patchway.rehearsal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A small machine in memory: packages, updates that are offered round after round, installs that take time, and boots.
 * It is a simulation and says so wherever it shows.
 *
 * <p>A round is offered once the first update of the round before it is in place and, if it asks for a reboot, booted.
 */
final class SimulatedHost {
    private final String name;
    private final List<List<OfferedUpdate>> rounds;
    private final Pace pace;
    private final Clock clock;

    private final Map<OfferedUpdate, Instant> inPlace = new HashMap<>();
    private final Set<OfferedUpdate> inUse = new HashSet<>();
    private final Map<String, SimulatedInstall> installs = new HashMap<>();
    private String bootId = UUID.randomUUID().toString();
    private Instant bootedAt;
    private Instant wentDownAt = Instant.MAX;
    private boolean toldToReboot;
    private boolean toldToShutDown;
    private boolean up = true;
    private int reboots;

    /** @param rounds the updates of each round, the one that opens the next round first */
    SimulatedHost(String name, List<List<OfferedUpdate>> rounds, Pace pace, Clock clock) {
        this.name = name;
        this.rounds = List.copyOf(rounds);
        this.pace = pace;
        this.clock = clock;
        this.bootedAt = clock.instant().minus(Duration.ofDays(41));
    }

    /**
     * How fast a simulated host is.
     *
     * @param install of one package
     * @param shutdown from the order to reboot until nobody answers any more
     * @param dark from then until somebody answers again
     */
    record Pace(Duration install, Duration shutdown, Duration dark) {}

    String name() {
        return name;
    }

    Pace pace() {
        return pace;
    }

    synchronized String bootId() {
        return bootId;
    }

    synchronized Duration uptime() {
        return Duration.between(bootedAt, clock.instant());
    }

    synchronized boolean up() {
        return up;
    }

    /** Every update that this host will ever see, in the order of its rounds. */
    List<OfferedUpdate> everyUpdate() {
        return rounds.stream().flatMap(List::stream).toList();
    }

    /** When the update was installed; empty when it was not. */
    synchronized Optional<Instant> installedAt(OfferedUpdate update) {
        settle();
        return Optional.ofNullable(inPlace.get(update));
    }

    /** What the repository offers now and the host does not have. */
    synchronized List<OfferedUpdate> available() {
        settle();
        return rounds.stream()
                .limit(currentRound() + 1L)
                .flatMap(List::stream)
                .filter(update -> !inPlace.containsKey(update))
                .toList();
    }

    /** What is in place and waits for a reboot. */
    synchronized List<OfferedUpdate> waitingForReboot() {
        settle();
        return inPlace.keySet().stream()
                .filter(update -> update.needsReboot() && !inUse.contains(update))
                .toList();
    }

    /** Starts an install unless this operation was ever started; what is not on offer is passed over, as dnf does. */
    synchronized void install(String operation, List<OfferedUpdate> wanted, List<String> hooks) {
        installs.computeIfAbsent(
                operation,
                any -> new SimulatedInstall(List.copyOf(wanted), hooks, clock.instant(), pace.install(), bootId));
    }

    /** Leaves out what the install has not begun yet. */
    synchronized boolean stopInstall(String operation) {
        settle();
        return installs.computeIfPresent(operation, (any, install) -> install.stopped(clock.instant())) != null;
    }

    synchronized Optional<SimulatedInstall> installOf(String operation) {
        settle();
        return Optional.ofNullable(installs.get(operation));
    }

    /** Whether the install was cut off when the host went down. */
    synchronized boolean interrupted(SimulatedInstall install) {
        return !install.boot().equals(bootId) && !install.ended(wentDownAt);
    }

    /** Whether it has taken an order to reboot in this boot. */
    synchronized boolean toldToReboot() {
        return toldToReboot;
    }

    /** Takes the order to reboot, once in each boot. */
    synchronized boolean takeRebootOrder() {
        boolean first = !toldToReboot;
        toldToReboot = true;
        return first;
    }

    /** Takes the order to shut down, once in each boot. */
    synchronized boolean takeShutDownOrder() {
        boolean first = !toldToShutDown;
        toldToShutDown = true;
        return first;
    }

    /** Nobody answers from now on, until it boots. */
    synchronized void shutDown() {
        settle();
        up = false;
        wentDownAt = clock.instant();
    }

    /** Nobody answers from now on, for the time of a reboot. */
    synchronized void goDown() {
        shutDown();
        reboots++;
    }

    /** A new boot: what is in place is in use now. */
    synchronized void boot() {
        bootId = UUID.randomUUID().toString();
        bootedAt = clock.instant();
        toldToReboot = false;
        toldToShutDown = false;
        inUse.addAll(inPlace.keySet());
        up = true;
    }

    synchronized int installs() {
        return installs.size();
    }

    synchronized int reboots() {
        return reboots;
    }

    Instant now() {
        return clock.instant();
    }

    private int currentRound() {
        int round = 0;
        while (round < rounds.size() - 1 && opensNext(rounds.get(round).getFirst())) {
            round++;
        }
        return round;
    }

    private boolean opensNext(OfferedUpdate update) {
        return update.needsReboot() ? inUse.contains(update) : inPlace.containsKey(update);
    }

    /** Installs go on by the clock; what they have done by now is noted whenever somebody looks. */
    private void settle() {
        Instant now = clock.instant();
        installs.values().stream()
                .filter(install -> up && install.boot().equals(bootId))
                .flatMap(install -> install.inPlace(now).stream())
                .forEach(update -> inPlace.putIfAbsent(update, now));
    }
}
