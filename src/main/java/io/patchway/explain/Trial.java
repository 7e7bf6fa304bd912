package io.patchway.explain;

import io.patchway.baseline.BaselineEvaluation;
import io.patchway.baseline.Evaluation;
import io.patchway.baseline.EvaluationInput;
import io.patchway.baseline.PackageState;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.PatchDecision;
import io.patchway.baseline.PatchDecision.Verdict;
import io.patchway.patch.PackageKey;
import io.patchway.run.ScanOccasion;
import io.patchway.run.ScanRecord;
import io.patchway.run.ServerStanding;
import io.patchway.scan.HostProduct;
import io.patchway.scan.ScanResult;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a baseline says of a scan that was made earlier. */
public final class Trial {
    private final Evaluation evaluation;
    private final Map<PackageKey, PackageState> stateOf;

    private Trial(Evaluation evaluation) {
        this.evaluation = evaluation;
        this.stateOf = evaluation.states().stream().collect(Collectors.toMap(PackageState::key, Function.identity()));
    }

    /**
     * Tries a baseline.
     *
     * @param at from when approval delays count
     * @throws TrialException when the baseline is not for the scanned host, or the scan was not kept whole
     */
    public static Trial of(PatchBaseline baseline, ScanRecord record, Instant at) throws TrialException {
        ScanResult scan = record.scan();
        HostProduct product = HostProduct.of(scan.host())
                .orElseThrow(() -> new TrialException(
                        "runs " + scan.host().osName() + ", for which there are no patch baselines"));
        if (product.operatingSystem().family() != baseline.operatingSystem().family()) {
            throw new TrialException("runs " + product.product() + ", but the baseline " + baseline.name() + " is for "
                    + baseline.operatingSystem());
        }
        if (scan.installed().isEmpty()) {
            throw new TrialException("was scanned, but the scan was too large to be kept whole");
        }
        ServerStanding remembered =
                record.occasion().map(ScanOccasion::standing).orElse(ServerStanding.UNKNOWN);
        return new Trial(BaselineEvaluation.evaluate(
                baseline,
                new EvaluationInput(
                        product.product(),
                        scan.installed(),
                        scan.available(),
                        scan.held(),
                        List.of(),
                        Set.of(),
                        remembered.waiting(),
                        remembered.approved(),
                        remembered.notices(),
                        at)));
    }

    /** What would be installed, ordered by package. */
    public List<PatchDecision> wouldInstall() {
        return evaluation.decisions().stream()
                .filter(decision -> decision.verdict() == Verdict.APPROVED)
                .filter(decision -> state(decision.patch().key())
                        .flatMap(PackageState::target)
                        .filter(decision.patch()::equals)
                        .isPresent())
                .sorted(Comparator.comparing(decision -> decision.patch().key()))
                .toList();
    }

    /** What would be installed later, when an approval delay is over. */
    public List<PatchDecision> waiting() {
        return evaluation.decisions().stream()
                .filter(decision -> decision.verdict() == Verdict.NOT_YET_APPROVED)
                .sorted(Comparator.comparing(decision -> decision.patch().key()))
                .toList();
    }

    /** What it says of every offered version of the packages of one name, with or without their architecture. */
    public List<PatchDecision> decisionsOn(String name) {
        return evaluation.decisions().stream()
                .filter(decision -> isCalled(decision.patch().key(), name))
                .toList();
    }

    /** The states of the packages of one name, with or without their architecture. */
    public List<PackageState> statesOf(String name) {
        return evaluation.states().stream()
                .filter(state -> isCalled(state.key(), name))
                .toList();
    }

    private Optional<PackageState> state(PackageKey key) {
        return Optional.ofNullable(stateOf.get(key));
    }

    private static boolean isCalled(PackageKey key, String name) {
        return key.name().equals(name) || key.toString().equals(name);
    }
}
