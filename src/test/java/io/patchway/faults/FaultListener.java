package io.patchway.faults;

import io.patchway.faults.FaultResult.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Collects how the tests of the table of faults end, and writes the report when the last one has ended. */
public final class FaultListener implements TestExecutionListener {
    private final Map<String, FaultResult> results = new HashMap<>();
    private TestPlan plan;

    @Override
    public void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
    }

    @Override
    public void executionSkipped(TestIdentifier identifier, String reason) {
        record(identifier, Outcome.SKIPPED);
        plan.getDescendants(identifier).forEach(descendant -> record(descendant, Outcome.SKIPPED));
    }

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        Outcome outcome = switch (result.getStatus()) {
            case SUCCESSFUL -> Outcome.PASSED;
            case ABORTED -> Outcome.SKIPPED;
            case FAILED -> Outcome.FAILED;
        };
        if (identifier.isTest()) {
            record(identifier, outcome);
        } else if (outcome != Outcome.PASSED) {
            record(identifier, outcome);
            plan.getDescendants(identifier).forEach(descendant -> record(descendant, outcome));
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan testPlan) {
        if (!results.isEmpty()) {
            FaultReport.add(List.copyOf(results.values()));
        }
    }

    private synchronized void record(TestIdentifier identifier, Outcome outcome) {
        Optional<MethodSource> source =
                identifier.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast);
        source.filter(method -> AnnotationSupport.isAnnotated(method.getJavaMethod(), Survives.class))
                .map(method -> new FaultResult(
                        TestName.of(method.getJavaMethod()),
                        TestName.of(method.getJavaClass()),
                        outcome,
                        Instant.now()))
                .ifPresent(result -> results.merge(result.ranIn() + "." + result.test(), result, FaultResult::worse));
    }
}
