package io.patchway.hosts;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Asks once for each test run whether this machine can run real hosts. */
final class RealHostsCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(RealHostsCondition.class))
                .getOrComputeIfAbsent("answer", unused -> ask(), ConditionEvaluationResult.class);
    }

    private static ConditionEvaluationResult ask() {
        CommandResult result = new LabScript("can-run.sh").run();
        return result.status() == 0
                ? ConditionEvaluationResult.enabled("real hosts can run here")
                : ConditionEvaluationResult.disabled(result.errors().strip());
    }
}
