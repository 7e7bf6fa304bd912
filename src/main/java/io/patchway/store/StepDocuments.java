package io.patchway.store;

import io.patchway.baseline.ComplianceSummary;
import io.patchway.run.RunMemory;
import io.patchway.run.Transition;

/**
 * What a step leaves behind in document columns, written out before the transaction begins: a transaction that is
 * shared waits for nobody's JSON.
 *
 * @param scan the compressed scan; of no length when there is none
 * @param counts the scan in figures; empty when there is none
 */
record StepDocuments(String memory, byte[] scan, String counts) {
    private static final byte[] NO_SCAN = {};

    static StepDocuments of(Transition transition) {
        RunMemory memory = transition.next().ended() ? transition.memory().withoutPlan() : transition.memory();
        return new StepDocuments(
                JsonText.of(memory),
                transition.scan().map(ScanDocument::of).orElse(NO_SCAN),
                transition
                        .scan()
                        .map(scan -> JsonText.of(ComplianceSummary.of(scan.evaluation())))
                        .orElse(""));
    }
}
