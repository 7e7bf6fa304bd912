package io.patchway.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.patchway.faults.Survives;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DelayedScheduleTest {
    private static final Instant FROM = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2031-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "Europe/London,1",
        "Europe/London,5",
        "America/New_York,4",
        "America/Santiago,6",
        "Australia/Lord_Howe,3",
        "Pacific/Chatham,2",
        "Africa/Casablanca,5"
    })
    @Survives(12)
    void everyPatchTuesdayIsFollowedByOneOpeningAtTheSameTimeOfDayWhateverTheClocksDo(String zone, int days) {
        MaintenanceWindow window = window("cron(30 2 ? * TUE#2 *)", zone, days, Instant.EPOCH, Optional.empty());

        List<Instant> expected = new ArrayList<>();
        for (LocalDate month = LocalDate.of(2023, 12, 1); month.getYear() < 2031; month = month.plusMonths(1)) {
            LocalDate tuesday = month.with(TemporalAdjusters.dayOfWeekInMonth(2, DayOfWeek.TUESDAY));
            Instant opening = LocalClock.instantOf(tuesday.plusDays(days).atTime(2, 30), ZoneId.of(zone));
            if (opening.isAfter(FROM) && !opening.isAfter(TO)) {
                expected.add(opening);
            }
        }
        assertThat(window.openingsBetween(FROM, TO, Integer.MAX_VALUE))
                .extracting(MaintenanceWindow.Opening::opens)
                .containsExactlyElementsOf(expected)
                .hasSize(84);
    }

    @Test
    void aPeriodThatHadBegunWhenTheWindowWasMadeIsLeftOut() {
        Instant made = Instant.parse("2026-11-11T08:00:00Z");

        assertThat(window("cron(0 2 ? * TUE#2 *)", "UTC", 3, made, Optional.empty())
                        .nextOpening(made))
                .as("the second Tuesday was the day before")
                .contains(Instant.parse("2026-12-11T02:00:00Z"));
        assertThat(window("cron(0 2 ? * TUE#2 *)", "UTC", 3, made.minus(Duration.ofDays(2)), Optional.empty())
                        .nextOpening(made))
                .contains(Instant.parse("2026-11-13T02:00:00Z"));
    }

    @Test
    void aTimeBeforeTheStartDoesNotCountAlthoughItsOpeningLiesBehindTheStart() {
        Optional<LocalDateTime> start = Optional.of(LocalDateTime.parse("2026-11-11T00:00:00"));

        assertThat(window("cron(0 2 ? * TUE#2 *)", "UTC", 3, Instant.EPOCH, start)
                        .nextOpening(FROM))
                .contains(Instant.parse("2026-12-11T02:00:00Z"));
    }

    @Test
    void nothingOpensAfterTheEnd() {
        MaintenanceWindow window = new MaintenanceWindow(
                "ends",
                WindowSchedule.of("cron(0 2 * * ? *)"),
                ZoneId.of("Europe/London"),
                Optional.empty(),
                Optional.of(LocalDateTime.parse("2026-07-02T02:00:00")),
                Duration.ofHours(3),
                Duration.ofHours(1),
                MissedPolicy.SKIP,
                true);

        assertThat(window.nextOpening(Instant.parse("2026-07-01T12:00:00Z")))
                .as("the end itself counts")
                .contains(Instant.parse("2026-07-02T01:00:00Z"));
        assertThat(window.nextOpening(Instant.parse("2026-07-02T01:00:00Z"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, -1})
    void aDelayOfNoDaysOrOfAWeekIsRefused(int days) {
        CronSchedule cron = CronSchedule.of("0 2 * * ? *");
        assertThatIllegalArgumentException().isThrownBy(() -> new DelayedSchedule(cron, days, FROM));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cron(0 2 ? * SUN *)",
                "cron(45 0 2 ? * SUN *)",
                "rate(1 day)",
                "rate(12 hours)",
                "at(2026-12-31T22:00:00)"
            })
    void aScheduleTellsTheWordsThatItWasReadFrom(String text) {
        assertThat(WindowSchedule.of(text).text()).isEqualTo(text);
    }

    private static MaintenanceWindow window(
            String schedule, String zone, int days, Instant since, Optional<LocalDateTime> start) {
        return new MaintenanceWindow(
                "delayed",
                new DelayedSchedule((CronSchedule) WindowSchedule.of(schedule), days, since),
                ZoneId.of(zone),
                start,
                Optional.empty(),
                Duration.ofHours(3),
                Duration.ofHours(1),
                MissedPolicy.SKIP,
                true);
    }
}
