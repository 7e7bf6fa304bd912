package io.patchway.baseline;

import io.patchway.server.PatchFamily;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** From when on a rule approves a patch. */
public sealed interface ApprovalDate {

    /**
     * A patch is approved when its date lies strictly before now minus so many days.
     *
     * @param days 0 to 360
     */
    record AfterDays(int days) implements ApprovalDate {}

    /**
     * A patch is approved when its date is not later than 23:59:59 UTC of this day.
     *
     * @param day the last day, UTC
     */
    record UntilDay(LocalDate day) implements ApprovalDate {}

    /**
     * What a rule that names one of the two, or none, means. Without either, apt approves at once, because it has no
     * dates to wait for.
     *
     * @param untilDay as YYYY-MM-DD
     * @throws IllegalArgumentException when both are named, or none is, or the day is none
     */
    static ApprovalDate chosen(Optional<Integer> afterDays, Optional<String> untilDay, PatchFamily family) {
        if (afterDays.isPresent() && untilDay.isPresent()) {
            throw new IllegalArgumentException("excludes ApproveAfterDays; give one of the two");
        }
        if (untilDay.isPresent()) {
            return new UntilDay(day(untilDay.get()));
        }
        if (afterDays.isEmpty() && family != PatchFamily.APT) {
            throw new IllegalArgumentException("needs ApproveAfterDays (0 to 360) or ApproveUntilDate (YYYY-MM-DD)");
        }
        return new AfterDays(afterDays.orElse(0));
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("must be a day as YYYY-MM-DD, but is '" + text + "'", e);
        }
    }
}
