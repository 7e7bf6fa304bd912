package io.patchway.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.faults.Survives;
import io.patchway.window.MaintenanceWindow.Opening;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Windows in every time zone there is, through every clock change from 2024 to 2030. */
class EveryZoneTest {
    private static final Instant FROM = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2031-01-01T00:00:00Z");
    private static final Duration AROUND = Duration.ofHours(30);

    /** Of zones with the same rules one; most names are other names of a few. */
    private static final Collection<ZoneId> ZONES = ZoneId.getAvailableZoneIds().stream()
            .sorted()
            .map(ZoneId::of)
            .collect(Collectors.toMap(ZoneId::getRules, zone -> zone, (first, other) -> first))
            .values();

    @Test
    @Survives(12)
    void everyLocalTimeOpensOnceAroundEveryClockChange() {
        long changes = 0;
        for (ZoneId zone : ZONES) {
            for (ZoneOffsetTransition change : changesOf(zone.getRules())) {
                checkAround(change, zone);
                changes++;
            }
        }
        assertThat(changes).isGreaterThan(500);
    }

    /** Every quarter of an hour of the clock is one schedule; around a change each must open once a day. */
    private static void checkAround(ZoneOffsetTransition change, ZoneId zone) {
        Instant from = change.getInstant().minus(AROUND);
        Instant to = change.getInstant().plus(AROUND);
        MaintenanceWindow window = window("cron(0/15 * * * ? *)", zone);

        List<Instant> openings = opens(window, from, to);

        assertThat(openings).as("%s at %s", zone, change).containsExactlyElementsOf(quarters(zone, from, to));
        LocalTime skippedOrTwice = change.getDateTimeBefore().toLocalTime().withSecond(0);
        for (LocalTime time :
                List.of(skippedOrTwice, skippedOrTwice.plusMinutes(15), skippedOrTwice.minusMinutes(15))) {
            MaintenanceWindow daily = window("cron(%d %d * * ? *)".formatted(time.getMinute(), time.getHour()), zone);
            assertThat(opens(daily, from, to))
                    .as("%s daily in %s at %s", time, zone, change)
                    .containsExactlyElementsOf(daily(time, zone, from, to));
        }
    }

    /** What the wall shows, walked through in real time: where the clocks go back, what was shown before is skipped. */
    private static Collection<Instant> quarters(ZoneId zone, Instant from, Instant to) {
        TreeSet<Instant> expected = new TreeSet<>();
        LocalDateTime latest = LocalDateTime.ofInstant(from, zone);
        for (Instant at = from.plusSeconds(60); !at.isAfter(to); at = at.plusSeconds(60)) {
            LocalDateTime shown = LocalDateTime.ofInstant(at, zone);
            if (shown.isAfter(latest)) {
                if (crossesAQuarter(latest, shown)) {
                    expected.add(at);
                }
                latest = shown;
            }
        }
        return expected;
    }

    private static boolean crossesAQuarter(LocalDateTime earlier, LocalDateTime later) {
        return Math.floorDiv(later.toEpochSecond(ZoneOffset.UTC), 900)
                > Math.floorDiv(earlier.toEpochSecond(ZoneOffset.UTC), 900);
    }

    private static List<Instant> daily(LocalTime time, ZoneId zone, Instant from, Instant to) {
        LocalDateTime first = LocalDateTime.ofInstant(from, zone).minusDays(1).with(time);
        return Stream.iterate(first, day -> day.plusDays(1))
                .limit(8)
                .map(local -> firstShown(local, zone))
                .filter(instant -> instant.isAfter(from) && !instant.isAfter(to))
                .toList();
    }

    /** The first minute in which the wall shows this time or, because it skips it, a later one. */
    private static Instant firstShown(LocalDateTime local, ZoneId zone) {
        Instant minute = local.toInstant(ZoneOffset.UTC).minus(Duration.ofHours(16));
        while (LocalDateTime.ofInstant(minute, zone).isBefore(local)) {
            minute =
                    minute.plusSeconds(LocalDateTime.ofInstant(minute, zone).isBefore(local.minusHours(4)) ? 3600 : 60);
        }
        return minute;
    }

    @Test
    @Survives(12)
    void openingsFollowEachOtherForYearsInEveryZone() {
        for (ZoneId zone : ZONES) {
            List<Instant> weekly = opens(window("cron(30 2 ? * SUN *)", zone), FROM, TO);
            List<Instant> everyDay = opens(rate("rate(7 days)", zone), FROM, TO);

            assertThat(weekly)
                    .as("weekly in %s", zone)
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .hasSizeBetween(365, 366);
            assertThat(everyDay).as("every seven days in %s", zone).isSorted().doesNotHaveDuplicates();
            assertThat(everyDay).hasSizeBetween(365, 366);
        }
    }

    private static List<ZoneOffsetTransition> changesOf(ZoneRules rules) {
        List<ZoneOffsetTransition> changes = new ArrayList<>();
        ZoneOffsetTransition next = rules.nextTransition(FROM);
        while (next != null && next.getInstant().isBefore(TO)) {
            changes.add(next);
            next = rules.nextTransition(next.getInstant());
        }
        return changes;
    }

    private static List<Instant> opens(MaintenanceWindow window, Instant from, Instant to) {
        return window.openingsBetween(from, to, Integer.MAX_VALUE).stream()
                .map(Opening::opens)
                .toList();
    }

    private static MaintenanceWindow rate(String schedule, ZoneId zone) {
        return window(schedule, zone, Optional.of(LocalDateTime.parse("2024-01-07T02:30:00")));
    }

    private static MaintenanceWindow window(String schedule, ZoneId zone) {
        return window(schedule, zone, Optional.empty());
    }

    private static MaintenanceWindow window(String schedule, ZoneId zone, Optional<LocalDateTime> start) {
        return new MaintenanceWindow(
                "test",
                WindowSchedule.of(schedule),
                zone,
                start,
                Optional.empty(),
                Duration.ofHours(3),
                Duration.ofHours(1),
                MissedPolicy.SKIP,
                true);
    }
}
