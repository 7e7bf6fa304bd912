package io.patchway.config;

import io.patchway.config.document.Fields;
import io.patchway.config.document.Kind;
import io.patchway.config.document.Value;
import io.patchway.rollout.Rollout;
import io.patchway.rollout.Share;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the {@code rollout} of a patch request. */
final class RolloutFields {
    private static final String[] NAMES = {
        "maxConcurrency", "errorBudget", "disruptionBudget", "waves", "soak", "gate", "groupOrder", "stopAtFailure"
    };
    private static final Duration LONGEST_SOAK = Duration.ofDays(7);
    private static final Kind<Share> SHARE = value -> Share.of(
            value instanceof Value.Number number
                    ? number.literal()
                    : Kind.line(1, 10).read(value));
    private static final Kind<Share> AT_LEAST_ONE = SHARE.as(share -> {
        if (share.amount() == 0) {
            throw new IllegalArgumentException("must be more than 0");
        }
        return share;
    });
    private static final Kind<Duration> SOAK = Words.DURATION.as(soak -> {
        if (soak.compareTo(LONGEST_SOAK) > 0) {
            throw new IllegalArgumentException("must be at most 7d");
        }
        return soak;
    });

    private RolloutFields() {}

    static Optional<Rollout> read(Fields request) {
        return request.group("rollout", NAMES).map(RolloutFields::rollout);
    }

    private static Rollout rollout(Fields fields) {
        List<Share> waves = fields.list("waves", 1, 50, AT_LEAST_ONE);
        checkWaves(fields, waves);
        boolean stopAtFailure = fields.optional("stopAtFailure", Kind.truth()).orElse(false);
        Optional<Share> budget = fields.optional("errorBudget", SHARE);
        return new Rollout(
                fields.optional("maxConcurrency", AT_LEAST_ONE),
                stopAtFailure ? budget.or(() -> Optional.of(Share.of(0))) : budget,
                fields.optional("disruptionBudget", AT_LEAST_ONE),
                waves,
                fields.optional("soak", SOAK).orElse(Duration.ZERO),
                fields.optional("gate", Words.GATE_NAME),
                fields.list("groupOrder", 1, 100, Words.GROUP),
                stopAtFailure);
    }

    /** Numbers and percentages cannot be compared before the servers are known; like can be with like. */
    private static void checkWaves(Fields fields, List<Share> waves) {
        for (int i = 1; i < waves.size(); i++) {
            Share before = waves.get(i - 1);
            Share wave = waves.get(i);
            boolean grows = wave.percent() != before.percent() || wave.amount() > before.amount();
            if (!grows) {
                fields.refuse(
                        "waves",
                        "must grow: " + wave + " comes after " + before
                                + ". A wave says how many servers have had their turn when it ends");
                return;
            }
        }
    }
}
