package io.patchway.baseline;

import io.patchway.baseline.PatchDecision.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** An approval rule ready to be held against many patches at one instant. Belongs to one thread. */
final class RuleCheck {
    private static final LocalTime LAST_SECOND = LocalTime.of(23, 59, 59);

    private final ApprovalRule rule;
    private final FamilyProperties properties;
    private final Instant tooYoungFrom;
    private final List<FilterCheck> filters;
    private final String place;
    private final Reason approval;
    private final Reason notSecurity;

    RuleCheck(ApprovalRule rule, int index, FamilyProperties properties, Instant now) {
        this.rule = rule;
        this.properties = properties;
        this.tooYoungFrom = tooYoungFrom(rule.date(), now);
        this.place = "ApprovalRules[" + index + "]";
        String closest = place + " came closest: ";
        this.filters = rule.filters().stream()
                .map(filter -> new FilterCheck(filter, properties, place, closest))
                .toList();
        this.approval = new Reason(place, place + " approves it, compliance level " + rule.complianceLevel());
        this.notSecurity =
                new Reason(place, closest + "it is not a security patch, and EnableNonSecurity of the rule is off");
    }

    ComplianceLevel level() {
        return rule.complianceLevel();
    }

    Reason approval() {
        return approval;
    }

    boolean approves(PatchView view) {
        return matches(view) && oldEnough(view);
    }

    /** From when on the rule approves it, when nothing but the delay stands against it. */
    Optional<Instant> approvesFrom(PatchView view) {
        return rule.date() instanceof ApprovalDate.AfterDays delay && matches(view) && !oldEnough(view)
                ? properties.date(view).map(date -> date.plus(Duration.ofDays(delay.days())))
                : Optional.empty();
    }

    /** How many conditions of the rule do not hold. */
    int failures(PatchView view) {
        int failures = (securityHolds(view) ? 0 : 1) + (oldEnough(view) ? 0 : 1);
        for (FilterCheck filter : filters) {
            failures += filter.matches(view) ? 0 : 1;
        }
        return failures;
    }

    /** The first condition that does not hold: a filter, else the security condition, else the date. */
    Reason refusal(PatchView view) {
        for (FilterCheck filter : filters) {
            if (!filter.matches(view)) {
                return filter.refusal(view);
            }
        }
        return securityHolds(view) ? tooYoung(view) : notSecurity;
    }

    private boolean matches(PatchView view) {
        for (FilterCheck filter : filters) {
            if (!filter.matches(view)) {
                return false;
            }
        }
        return securityHolds(view);
    }

    private boolean securityHolds(PatchView view) {
        return rule.enableNonSecurity() || properties.passesAsSecurity(view);
    }

    /** A patch without any date is as old as can be. */
    private boolean oldEnough(PatchView view) {
        Optional<Instant> date = properties.date(view);
        return date.isEmpty() || date.get().isBefore(tooYoungFrom);
    }

    private static Instant tooYoungFrom(ApprovalDate date, Instant now) {
        return switch (date) {
            case ApprovalDate.AfterDays delay -> now.minus(Duration.ofDays(delay.days()));
            case ApprovalDate.UntilDay until ->
                until.day().atTime(LAST_SECOND).toInstant(ZoneOffset.UTC).plusNanos(1);
        };
    }

    private Reason tooYoung(PatchView view) {
        String dated = properties.date(view).map(date -> "it is dated " + date).orElse("it has no date");
        String condition = switch (rule.date()) {
            case ApprovalDate.AfterDays delay -> " approves patches " + delay.days() + " days after their date";
            case ApprovalDate.UntilDay until -> " approves patches dated until " + until.day();
        };
        return new Reason(place, place + condition + " (UTC), and " + dated);
    }
}
