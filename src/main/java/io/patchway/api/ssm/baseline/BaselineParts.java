package io.patchway.api.ssm.baseline;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.api.ssm.SsmException;
import io.patchway.baseline.ApprovalDate;
import io.patchway.baseline.ApprovalRule;
import io.patchway.baseline.ComplianceLevel;
import io.patchway.baseline.FilterKey;
import io.patchway.baseline.PatchFilter;
import io.patchway.baseline.PatchSource;
import io.patchway.server.PatchFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The structures inside a baseline as they travel, and what they mean. */
final class BaselineParts {
    private BaselineParts() {}

    /** One condition. */
    record Filter(
            @JsonProperty("Key") FilterKey key,
            @JsonProperty("Values") List<String> values) {}

    /** All of these conditions. */
    record FilterGroup(@JsonProperty("PatchFilters") List<Filter> filters) {
        static FilterGroup of(List<PatchFilter> filters) {
            return new FilterGroup(filters.stream()
                    .map(filter -> new Filter(filter.key(), filter.values()))
                    .toList());
        }

        List<PatchFilter> meaning() {
            return filters.stream()
                    .map(filter -> new PatchFilter(filter.key(), filter.values()))
                    .toList();
        }
    }

    /** An approval rule; one of the two dates is there. */
    record Rule(
            @JsonProperty("PatchFilterGroup") FilterGroup filters,
            @JsonProperty("ComplianceLevel") Optional<ComplianceLevel> level,
            @JsonProperty("ApproveAfterDays") Optional<Integer> afterDays,
            @JsonProperty("ApproveUntilDate") Optional<String> untilDate,
            @JsonProperty("EnableNonSecurity") Optional<Boolean> nonSecurity) {

        static Rule of(ApprovalRule rule) {
            Optional<Integer> days =
                    rule.date() instanceof ApprovalDate.AfterDays delay ? Optional.of(delay.days()) : Optional.empty();
            Optional<String> day = rule.date() instanceof ApprovalDate.UntilDay until
                    ? Optional.of(until.day().toString())
                    : Optional.empty();
            return new Rule(
                    FilterGroup.of(rule.filters()),
                    Optional.of(rule.complianceLevel()),
                    days,
                    day,
                    Optional.of(rule.enableNonSecurity()));
        }

        ApprovalRule meaning(PatchFamily family, String member) {
            try {
                return new ApprovalRule(
                        filters.meaning(),
                        level.orElse(ComplianceLevel.UNSPECIFIED),
                        ApprovalDate.chosen(afterDays, untilDate, family),
                        nonSecurity.orElse(false));
            } catch (IllegalArgumentException e) {
                String where = untilDate.isPresent() ? member + ".ApproveUntilDate" : member;
                throw SsmException.invalid(where + " " + e.getMessage());
            }
        }
    }

    /** The approval rules, one of which is enough. */
    record RuleGroup(@JsonProperty("PatchRules") List<Rule> rules) {
        static RuleGroup of(List<ApprovalRule> rules) {
            return new RuleGroup(rules.stream().map(Rule::of).toList());
        }

        List<ApprovalRule> meaning(PatchFamily family) {
            List<ApprovalRule> meant = new ArrayList<>();
            for (Rule rule : rules) {
                meant.add(rule.meaning(family, "ApprovalRules.PatchRules[" + meant.size() + "]"));
            }
            return meant;
        }
    }

    /** A repository. */
    record Source(
            @JsonProperty("Name") String name,
            @JsonProperty("Products") List<String> products,
            @JsonProperty("Configuration") String configuration) {

        static Source of(PatchSource source) {
            return new Source(source.name(), source.products(), source.configuration());
        }

        PatchSource meaning() {
            return new PatchSource(name, products, configuration);
        }
    }
}
