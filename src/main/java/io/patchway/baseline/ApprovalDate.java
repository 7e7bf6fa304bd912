package io.patchway.baseline;

import java.time.LocalDate;

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
}
