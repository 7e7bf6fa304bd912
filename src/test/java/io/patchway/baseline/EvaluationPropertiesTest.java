package io.patchway.baseline;

import static io.patchway.baseline.BaselineBuilder.filter;
import static io.patchway.baseline.BaselineBuilder.forRedHat;
import static io.patchway.baseline.PatchBuilder.rpm;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.patch.PackageKey;
import io.patchway.patch.Patch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every baseline and every host, tried on random ones. */
class EvaluationPropertiesTest {
    private static final List<String> SEVERITIES = List.of("Critical", "Important", "Moderate", "Low");

    static List<Integer> seeds() {
        return java.util.stream.IntStream.range(0, 200).boxed().toList();
    }

    private static List<PatchBuilder> randomPatches(Random random) {
        List<PatchBuilder> patches = new ArrayList<>();
        for (int number = 0; number < 40; number++) {
            PatchBuilder patch = rpm("package" + random.nextInt(8), "1." + random.nextInt(6) + "-1");
            switch (random.nextInt(3)) {
                case 0 -> patch.security(SEVERITIES.get(random.nextInt(4)));
                case 1 -> patch.bugfix();
                default -> patch.published("2026-05-01T00:00:00Z");
            }
            patches.add(patch);
        }
        return patches;
    }

    private static Host hostWith(List<PatchBuilder> patches, int seed) {
        Random random = new Random(seed);
        Host host = new Host().offers(patches.toArray(PatchBuilder[]::new));
        for (int number = 0; number < 6; number++) {
            host.has("package" + number, "1." + random.nextInt(6) + "-1");
        }
        return host;
    }

    private static BaselineBuilder baseline() {
        return forRedHat()
                .rule(ComplianceLevel.HIGH, filter(FilterKey.SEVERITY, "Critical", "Low"))
                .rule(filter(FilterKey.CLASSIFICATION, "Bugfix"))
                .approved("package3");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyPatchGetsOneDecisionInItsPlaceWithAReason(int seed) {
        List<PatchBuilder> patches = randomPatches(new Random(seed));
        Evaluation evaluation = hostWith(patches, seed).evaluate(baseline());
        assertThat(evaluation.decisions())
                .extracting(PatchDecision::patch)
                .containsExactlyElementsOf(
                        patches.stream().map(PatchBuilder::build).toList());
        assertThat(evaluation.decisions())
                .allSatisfy(decision -> assertThat(decision.reason().text()).isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theOrderOfTheScanDoesNotChangeWhatIsMissing(int seed) {
        List<PatchBuilder> patches = randomPatches(new Random(seed));
        List<String> missing = hostWith(patches, seed).missing(baseline());
        Collections.shuffle(patches, new Random(seed));
        assertThat(hostWith(patches, seed).missing(baseline())).isEqualTo(missing);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyPackageHasOneStateInOrderOfItsName(int seed) {
        Evaluation evaluation = hostWith(randomPatches(new Random(seed)), seed).evaluate(baseline());
        List<PackageKey> keys =
                evaluation.states().stream().map(PackageState::key).toList();
        assertThat(keys).doesNotHaveDuplicates().isSorted();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsMissingIsNewerThanWhatIsInstalled(int seed) {
        Evaluation evaluation = hostWith(randomPatches(new Random(seed)), seed).evaluate(baseline());
        assertThat(evaluation.states())
                .filteredOn(state -> state.state() == PatchState.MISSING)
                .allSatisfy(state -> assertThat(state.target().orElseThrow().version())
                        .isGreaterThan(state.installed().orElseThrow()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aRejectionTakesAwayAndAddsNothing(int seed) {
        List<PatchBuilder> patches = randomPatches(new Random(seed));
        Evaluation before = hostWith(patches, seed).evaluate(baseline());
        Evaluation after = hostWith(patches, seed).evaluate(baseline().blocked("package1*", "package4"));
        List<Patch> expected = before.missing().stream()
                .filter(patch ->
                        !List.of("package1", "package4").contains(patch.key().name()))
                .toList();
        assertThat(after.missing()).isEqualTo(expected);
    }
}
