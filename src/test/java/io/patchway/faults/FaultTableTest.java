package io.patchway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.faults.FaultResult.Outcome;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("faults")
class FaultTableTest {
    private static final FaultRow ROW = new FaultRow(5, "a <lock>", "waits", Optional.empty());
    private static final FaultTest TEST = new FaultTest(5, "LockTest.waits");

    @Test
    void theRowsAreNumberedWithoutAGap() {
        assertThat(FaultTable.rows())
                .extracting(FaultRow::number)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 45).boxed().toList());
    }

    @Test
    void everyRowThatConcernsWhatExistsHasATest() {
        Set<Integer> tested = FaultTable.tests().stream().map(FaultTest::row).collect(Collectors.toSet());

        assertThat(needTests())
                .as("every row without comesWith needs a test that carries @Survives(number)")
                .filteredOn(row -> !tested.contains(row))
                .isEmpty();
    }

    @Test
    void everyTestNamesARowThatNeedsOne() {
        assertThat(FaultTable.tests()).allMatch(test -> needTests().contains(test.row()));
    }

    @Test
    void theReportTellsOfEachRowHowItsTestsEnded() throws IOException {
        assertThat(report(Outcome.PASSED)).contains("<span class=\"passed\"", "LockTest.waits", "a &lt;lock&gt;");
        assertThat(report(Outcome.SKIPPED)).contains("<td class=\"skipped\">");
        assertThat(report(Outcome.FAILED)).contains("<td class=\"failed\">");
        assertThat(FaultReport.html(List.of(ROW), List.of(TEST), List.of())).contains("<td class=\"not run\">");
        assertThat(FaultReport.html(List.of(ROW), List.of(), List.of())).contains("<td class=\"missing\">");
    }

    @Test
    void aTestThatIsInheritedIsNamedWithTheClassThatRanIt() throws IOException {
        FaultResult result = new FaultResult(TEST.name(), "RealLockTest", Outcome.PASSED, Instant.EPOCH);

        assertThat(FaultReport.html(List.of(ROW), List.of(TEST), List.of(result)))
                .contains("LockTest.waits in RealLockTest");
    }

    private static Set<Integer> needTests() {
        return FaultTable.rows().stream()
                .filter(row -> row.comesWith().isEmpty())
                .map(FaultRow::number)
                .collect(Collectors.toSet());
    }

    private static String report(Outcome outcome) throws IOException {
        FaultResult result = new FaultResult(TEST.name(), "LockTest", outcome, Instant.EPOCH);
        return FaultReport.html(List.of(ROW), List.of(TEST), List.of(result));
    }
}
