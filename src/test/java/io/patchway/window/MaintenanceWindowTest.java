package io.patchway.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.patchway.faults.Survives;
import io.patchway.window.MaintenanceWindow.Opening;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaintenanceWindowTest {
    private static final Instant FROM = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2031-01-01T00:00:00Z");

    private static final List<LocalTime> TIMES =
            List.of(LocalTime.MIDNIGHT, LocalTime.of(1, 30), LocalTime.of(2, 15), LocalTime.of(3, 0));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Europe/London",
                "Europe/Berlin",
                "America/New_York",
                "America/St_Johns",
                "America/Santiago",
                "Australia/Lord_Howe",
                "Asia/Kolkata",
                "Africa/Casablanca",
                "Pacific/Chatham",
                "Africa/Cairo"
            })
    @Survives(12)
    void aDailyWindowOpensOnceOnEveryDateWhateverTheClocksDo(String zone) {
        for (LocalTime time : TIMES) {
            MaintenanceWindow window = window("cron(%d %d * * ? *)".formatted(time.getMinute(), time.getHour()), zone);

            List<Opening> openings = window.openingsBetween(FROM, TO, Integer.MAX_VALUE);

            LocalDate date = openings.get(0).opens().atZone(window.zone()).toLocalDate();
            for (Opening opening : openings) {
                assertThat(opening.opens()).as("%s in %s", date, zone).isEqualTo(expected(date, time, window.zone()));
                date = date.plusDays(1);
            }
            assertThat(openings.size()).isBetween(2556, 2558);
        }
    }

    /** Walks real time quarter by quarter instead of asking the zone's rules. */
    private static Instant expected(LocalDate date, LocalTime time, ZoneId zone) {
        LocalDateTime wanted = date.atTime(time);
        Instant quarter = wanted.toInstant(ZoneOffset.ofHours(16));
        while (LocalDateTime.ofInstant(quarter, zone).isBefore(wanted)) {
            quarter = quarter.plusSeconds(900);
        }
        return quarter;
    }

    @ParameterizedTest
    @CsvSource({
        // the clocks skip the time: right after the gap
        "Europe/London,cron(30 1 * * ? *),2026-03-28T12:00:00Z,2026-03-29T01:00:00Z",
        "America/New_York,cron(30 2 * * ? *),2026-03-07T12:00:00Z,2026-03-08T07:00:00Z",
        "Australia/Lord_Howe,cron(15 2 * * ? *),2026-10-03T12:00:00Z,2026-10-03T15:30:00Z",
        // the clocks show it twice: the first of the two
        "Europe/London,cron(30 1 * * ? *),2026-10-24T12:00:00Z,2026-10-25T00:30:00Z",
        "America/New_York,cron(30 1 * * ? *),2026-10-31T12:00:00Z,2026-11-01T05:30:00Z",
        "Australia/Lord_Howe,cron(45 1 * * ? *),2026-04-04T12:00:00Z,2026-04-04T14:45:00Z",
        // and not again when asked between the two
        "Europe/London,cron(30 1 * * ? *),2026-10-25T01:10:00Z,2026-10-26T01:30:00Z",
        // words of AWS
        "UTC,cron(0 2 ? * SUN *),2026-11-21T00:00:00Z,2026-11-22T02:00:00Z",
        "UTC,cron(0 2 ? * 1 *),2026-11-21T00:00:00Z,2026-11-22T02:00:00Z",
        "UTC,cron(0 2 ? * TUE#3 *),2026-11-21T00:00:00Z,2026-12-15T02:00:00Z",
        "UTC,cron(0 2 ? * 6L *),2026-11-21T00:00:00Z,2026-11-27T02:00:00Z",
        "UTC,cron(0 2 L * ? *),2026-11-21T00:00:00Z,2026-11-30T02:00:00Z",
        "UTC,cron(0 2 15W * ? *),2026-08-01T00:00:00Z,2026-08-14T02:00:00Z",
        "UTC,cron(0 0 2 ? * SUN *),2026-11-21T00:00:00Z,2026-11-22T02:00:00Z",
        "UTC,cron(45 0 2 ? * SUN *),2026-11-22T02:00:44Z,2026-11-22T02:00:45Z",
        "UTC,cron(45 0 2 ? * SUN *),2026-11-22T02:00:45Z,2026-11-29T02:00:45Z",
        "Europe/London,cron(30 30 1 * * ? *),2026-03-28T12:00:00Z,2026-03-29T01:00:00Z",
        "UTC,cron(0 2 30W 4 ? *),2026-11-21T00:00:00Z,2027-04-30T02:00:00Z",
        "UTC,cron(0 2 LW * ? *),2026-11-21T00:00:00Z,2026-11-30T02:00:00Z",
        "UTC,cron(15 12 * * ? *),2026-11-21T00:00:00Z,2026-11-21T12:15:00Z",
        "UTC,cron(0/30 8-9 ? JAN-FEB MON-FRI 2027),2026-11-21T00:00:00Z,2027-01-01T08:00:00Z",
        "Europe/London,at(2026-07-01T22:00:00),2026-01-01T00:00:00Z,2026-07-01T21:00:00Z"
    })
    @Survives(12)
    void theNextOpeningIsFound(String zone, String schedule, Instant after, Instant expected) {
        assertThat(window(schedule, zone).nextOpening(after)).contains(expected);
    }

    @Test
    @Survives(12)
    void aRateInDaysKeepsTheTimeOfDayAndOneInHoursCountsRealTime() {
        MaintenanceWindow days = rate("rate(7 days)", "Europe/London", "2026-10-22T01:30:00");
        MaintenanceWindow hours = rate("rate(12 hours)", "Europe/London", "2026-10-24T12:00:00");

        assertThat(days.nextOpening(Instant.parse("2026-10-22T00:30:00Z")))
                .contains(Instant.parse("2026-10-29T01:30:00Z"));
        assertThat(hours.nextOpening(Instant.parse("2026-10-25T00:00:00Z")))
                .contains(Instant.parse("2026-10-25T11:00:00Z"));
        assertThat(hours.nextOpening(Instant.parse("2020-01-01T00:00:00Z")))
                .contains(Instant.parse("2026-10-24T11:00:00Z"));
    }

    @Test
    void nothingOpensBeforeTheStartAndTheStartItselfCounts() {
        MaintenanceWindow window = rate("cron(0 2 * * ? *)", "UTC", "2026-06-01T02:00:00");

        assertThat(window.nextOpening(FROM)).contains(Instant.parse("2026-06-01T02:00:00Z"));
    }

    @Test
    void aWindowThatIsOverOrSwitchedOffHasNoNextOpening() {
        assertThat(window("at(2020-01-01T00:00:00)", "UTC").nextOpening(FROM)).isEmpty();
        assertThat(window("cron(0 2 * * ? 2020)", "UTC").nextOpening(FROM)).isEmpty();
        assertThat(window("cron(0 2 * * ? *)", "UTC").nextOpening(Instant.MAX.minusSeconds(99_999_999)))
                .isEmpty();
        MaintenanceWindow off = new MaintenanceWindow(
                "off",
                WindowSchedule.of("cron(0 2 * * ? *)"),
                ZoneId.of("UTC"),
                Optional.empty(),
                Optional.empty(),
                Duration.ofHours(3),
                Duration.ofHours(1),
                MissedPolicy.SKIP,
                false);
        assertThat(off.nextOpening(FROM)).isEmpty();
    }

    @Test
    void anOpeningKnowsItsCutoffAndItsEnd() {
        ZonedDateTime opens = ZonedDateTime.parse("2026-11-22T02:00:00Z");

        assertThat(window("cron(0 2 ? * SUN *)", "UTC").openingAt(opens.toInstant()))
                .isEqualTo(new Opening(
                        opens.toInstant(),
                        opens.plusHours(2).toInstant(),
                        opens.plusHours(3).toInstant()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0 2 * * *",
                "cron(0 2 * * *)",
                "cron(60 0 2 * * ? *)",
                "cron(*/5 0 2 * * ? *)",
                "cron(1 2 3 4 ? 1 2030 *)",
                "cron(0 2 1 * SUN *)",
                "cron(60 2 * * ? *)",
                "cron(0 2 31W 4 ? *)",
                "cron(0 2 30W * ? *)",
                "cron(0 2 ? * SUN *",
                "cron(0 2 ? * 8 *)",
                "cron($(id) 2 ? * 1 *)",
                "rate(1 days)",
                "rate(2 day)",
                "rate(0 days)",
                "rate(4 minutes)",
                "rate(-1 hours)",
                "at(2026-13-01T00:00:00)",
                "at(tomorrow)",
                "every(day)"
            })
    void aScheduleThatIsNotUnderstoodIsRefused(String expression) {
        assertThatIllegalArgumentException().isThrownBy(() -> WindowSchedule.of(expression));
    }

    private static MaintenanceWindow window(String schedule, String zone) {
        return window(schedule, zone, Optional.empty());
    }

    private static MaintenanceWindow rate(String schedule, String zone, String start) {
        return window(schedule, zone, Optional.of(LocalDateTime.parse(start)));
    }

    private static MaintenanceWindow window(String schedule, String zone, Optional<LocalDateTime> start) {
        return new MaintenanceWindow(
                "test",
                WindowSchedule.of(schedule),
                ZoneId.of(zone),
                start,
                Optional.empty(),
                Duration.ofHours(3),
                Duration.ofHours(1),
                MissedPolicy.SKIP,
                true);
    }
}
