package io.patchway.baseline;

import io.patchway.baseline.PatchDecision.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** All approval rules of a baseline; one that approves is enough. */
final class RuleChecks {
    private static final Reason NO_RULE =
            new Reason("ApprovalRules", "the baseline has no approval rule, and ApprovedPatches does not name it");

    /** A rule that will approve a patch once its delay is over. */
    record Waiting(Instant from, Reason reason) {}

    private final List<RuleCheck> rules;

    RuleChecks(List<ApprovalRule> rules, FamilyProperties properties, Instant now) {
        this.rules = IntStream.range(0, rules.size())
                .mapToObj(index -> new RuleCheck(rules.get(index), index, properties, now))
                .toList();
    }

    /** Of the rules that approve it the one with the gravest compliance level. */
    Optional<RuleCheck> gravestApproving(List<PatchView> views) {
        RuleCheck gravest = null;
        for (RuleCheck rule : rules) {
            boolean graver = gravest == null || rule.level().compareTo(gravest.level()) < 0;
            if (graver && approvesAny(rule, views)) {
                gravest = rule;
            }
        }
        return Optional.ofNullable(gravest);
    }

    /** The rule that will approve it first. */
    Optional<Waiting> firstWaiting(List<PatchView> views) {
        Optional<Waiting> first = Optional.empty();
        for (RuleCheck rule : rules) {
            for (PatchView view : views) {
                Optional<Instant> from = rule.approvesFrom(view);
                if (from.isPresent()
                        && (first.isEmpty() || from.get().isBefore(first.get().from()))) {
                    first = Optional.of(new Waiting(from.get(), rule.refusal(view)));
                }
            }
        }
        return first;
    }

    /** Why nothing approves it: the rule of which the fewest conditions fail, the first one of equals. */
    Reason closestRefusal(List<PatchView> views) {
        int fewest = Integer.MAX_VALUE;
        RuleCheck closest = null;
        PatchView seen = null;
        for (RuleCheck rule : rules) {
            for (PatchView view : views) {
                int failures = rule.failures(view);
                if (failures < fewest) {
                    fewest = failures;
                    closest = rule;
                    seen = view;
                }
            }
        }
        return closest == null ? NO_RULE : closest.refusal(seen);
    }

    private static boolean approvesAny(RuleCheck rule, List<PatchView> views) {
        for (PatchView view : views) {
            if (rule.approves(view)) {
                return true;
            }
        }
        return false;
    }
}
