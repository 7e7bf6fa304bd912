package io.patchway.run.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.SettableClock;
import io.patchway.faults.Survives;
import io.patchway.run.RequestDesks;
import io.patchway.window.InMemoryWindowLedger;
import io.patchway.window.MaintenanceWindow;
import io.patchway.window.MaintenanceWindow.Opening;
import io.patchway.window.MissedPolicy;
import io.patchway.window.WindowSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows that are looked at with a clock that jumps, by nodes that come and go. */
class WindowClockTest {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final Instant START = Instant.parse("2026-03-20T00:00:00Z");
    private static final Duration PUNCTUAL = Duration.ofMinutes(2);

    private final WindowWorld world = new WindowWorld(START);
    private final InMemoryWindowLedger windows = world.openings;
    private final SettableClock clock = world.clock;

    /** A clock change lies in the middle. Whoever looks in the two minutes after an opening must find it opened. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    @Survives(12)
    void howeverTheClockJumpsNoOpeningComesTwiceAndNoneIsLostThatSomebodyWasThereFor(long seed) {
        Random random = new Random(seed);
        MissedPolicy policy = random.nextBoolean() ? MissedPolicy.SKIP : MissedPolicy.RUN_LATE;
        MaintenanceWindow window = window("cron(30 1/6 * * ? *)", policy);
        List<WindowOpener> nodes = List.of(opener(window), opener(window));
        Set<Instant> seen = new TreeSet<>();
        look(nodes.get(0), window, seen);
        for (int step = 0; step < 3000; step++) {
            clock.advance(pause(random));
            look(nodes.get(random.nextInt(2)), window, seen);
        }

        List<Instant> opened = opened();
        assertThat(opened).doesNotHaveDuplicates().containsAll(seen);
        assertThat(window.openingsBetween(
                        START.minus(Duration.ofDays(60)), clock.instant().plus(Duration.ofDays(60)), 9999))
                .extracting(Opening::opens)
                .containsAll(opened);
        assertThat(seen).isNotEmpty();
    }

    /** Mostly a minute; now and then nobody is there for hours, or the clock jumps, forward or back. */
    private static Duration pause(Random random) {
        return switch (random.nextInt(200)) {
            case 0 -> Duration.ofMinutes(random.nextInt(2000));
            case 1 -> Duration.ofMinutes(-random.nextInt(600));
            default -> Duration.ofSeconds(60);
        };
    }

    private void look(WindowOpener opener, MaintenanceWindow window, Set<Instant> seen) {
        Instant now = clock.instant();
        opener.openIfDue("night");
        Instant first = windows.of("night").keySet().iterator().next();
        window.openingsBetween(now.minus(PUNCTUAL), now, 5).stream()
                .map(Opening::opens)
                .filter(first::isBefore)
                .forEach(seen::add);
    }

    @Test
    @Survives(12)
    void anOpeningThatOnlySeemedToBeMissedBecauseTheClockWasWrongStillComes() {
        MaintenanceWindow window = window("cron(0 2 * * ? *)", MissedPolicy.SKIP);
        opener(window).openIfDue("night");
        clock.set(Instant.parse("2031-07-01T12:00:00Z"));
        opener(window).openIfDue("night");
        clock.set(Instant.parse("2026-03-21T01:59:00Z"));
        opener(window).openIfDue("night");
        clock.advance(Duration.ofMinutes(1));
        opener(window).openIfDue("night");

        assertThat(opened()).containsExactly(Instant.parse("2026-03-21T02:00:00Z"));
    }

    /** While a window is switched off nobody looks at it. */
    @Test
    @Survives(12)
    void aWindowThatWasSwitchedOffForWeeksDoesNotMakeUpForOldOpenings() {
        MaintenanceWindow window = window("cron(0 2 ? * SUN *)", MissedPolicy.RUN_LATE);
        opener(window).openIfDue("night");
        clock.set(Instant.parse("2026-05-03T04:00:00Z"));

        opener(window).openIfDue("night");

        assertThat(opened()).isEmpty();
        clock.set(Instant.parse("2026-05-10T01:00:00Z"));
        opener(window).openIfDue("night");
        assertThat(opened()).containsExactly(Instant.parse("2026-05-10T01:00:00Z"));
    }

    /** When executions opened, also those that were skipped because the one before was in progress. */
    private List<Instant> opened() {
        StoredWindow night = WindowWorld.ofFile(window("cron(0 2 * * ? *)", MissedPolicy.SKIP), RequestDesks.install());
        return world.executions.of(night.id(), Optional.empty(), 99_999).entries().stream()
                .map(execution -> execution.opening().opens())
                .toList();
    }

    private WindowOpener opener(MaintenanceWindow window) {
        return world.node(WindowWorld.ofFile(window, RequestDesks.install("web-01")))
                .opener();
    }

    private static MaintenanceWindow window(String schedule, MissedPolicy missed) {
        return new MaintenanceWindow(
                "night",
                WindowSchedule.of(schedule),
                LONDON,
                Optional.empty(),
                Optional.empty(),
                Duration.ofHours(3),
                Duration.ofHours(1),
                missed,
                true);
    }
}
