package io.patchway.faults;

import java.util.Comparator;

/** A test that provokes the fault of one row. */
record FaultTest(int row, String name) implements Comparable<FaultTest> {
    private static final Comparator<FaultTest> ORDER =
            Comparator.comparingInt(FaultTest::row).thenComparing(FaultTest::name);

    @Override
    public int compareTo(FaultTest other) {
        return ORDER.compare(this, other);
    }
}
