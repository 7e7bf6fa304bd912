package io.patchway.patch;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The outcomes of recent version comparisons. The servers of a fleet ask for the same few thousand pairs over and over,
 * and the comparison itself costs microseconds.
 *
 * <p>A table of fixed size in which a newer outcome takes the place of an older one. Threads may overwrite each other's
 * entries, which costs a comparison and nothing else: an entry is immutable and names the pair that it belongs to.
 */
final class RecentComparisons {
    private static final int SIZE = 1 << 16;

    private record Outcome(PackageVersion left, PackageVersion right, int sign) {
        boolean isOf(PackageVersion left, PackageVersion right) {
            return this.left.equals(left) && this.right.equals(right);
        }
    }

    private final Outcome[] outcomes = new Outcome[SIZE];

    OptionalInt find(PackageVersion left, PackageVersion right) {
        return Optional.ofNullable(outcomes[place(left, right)])
                .filter(outcome -> outcome.isOf(left, right))
                .map(outcome -> OptionalInt.of(outcome.sign()))
                .orElse(OptionalInt.empty());
    }

    void remember(PackageVersion left, PackageVersion right, int sign) {
        outcomes[place(left, right)] = new Outcome(left, right, sign);
    }

    private static int place(PackageVersion left, PackageVersion right) {
        int hash = 31 * left.text().hashCode() + right.text().hashCode();
        return (hash ^ (hash >>> 15)) & (SIZE - 1);
    }
}
