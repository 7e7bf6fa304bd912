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
        if (result.status() == 0) {
            return ConditionEvaluationResult.enabled("real hosts can run here");
        }
        String reason = result.errors().strip();
        if (Needed.isMissingAMistake()) {
            throw new IllegalStateException("real hosts cannot run here: " + reason);
        }
        return ConditionEvaluationResult.disabled(reason);
    }
}
