package io.patchway.baseline;

import io.patchway.baseline.PackageJudge.Offers;
import io.patchway.patch.InstalledPackage;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds a patch baseline against what a scan found: which patches are approved, which are not and why, and the state of
 * every package (AWS Patch Manager: how patch baseline rules work).
 *
 * <p>A pure function of its input. On yum, dnf and zypper a patch has the properties of the advisories that name
 * exactly its version: an advisory for an older version says nothing about a newer one.
 */
public final class BaselineEvaluation {
    private final EvaluationInput input;
    private final PatchJudge patchJudge;
    private final PackageJudge packageJudge;
    private final StateJudge stateJudge;

    private BaselineEvaluation(PatchBaseline baseline, EvaluationInput input) {
        this.input = input;
        this.patchJudge = new PatchJudge(baseline, input.product(), input.now());
        this.packageJudge = new PackageJudge(input);
        this.stateJudge = new StateJudge(baseline, patchJudge, input);
    }

    /** @throws IllegalArgumentException when versions of one package follow different schemes */
    public static Evaluation evaluate(PatchBaseline baseline, EvaluationInput input) {
        return new BaselineEvaluation(baseline, input).evaluate();
    }

    private Evaluation evaluate() {
        Map<PackageKey, PackageVersion> installed = highestInstalled();
        Map<PackageKey, List<Integer>> offered = placesByPackage();
        PatchDecision[] decisions = new PatchDecision[input.available().size()];
        List<PackageState> states = new ArrayList<>(installed.size() + offered.size());
        offered.forEach((key, places) -> {
            Offers offers = packageJudge.settle(offersAt(key, places, Optional.ofNullable(installed.remove(key))));
            for (int index = 0; index < places.size(); index++) {
                decisions[places.get(index)] = offers.decisions().get(index);
            }
            states.add(stateJudge.stateOf(offers));
        });
        installed.forEach(
                (key, version) -> states.add(stateJudge.stateOf(new Offers(key, Optional.of(version), List.of()))));
        states.sort(Comparator.comparing(PackageState::key));
        return new Evaluation(Arrays.asList(decisions), states);
    }

    /** Kernels are installed side by side: the highest version is the one that counts. */
    private Map<PackageKey, PackageVersion> highestInstalled() {
        Map<PackageKey, PackageVersion> highest =
                HashMap.newHashMap(input.installed().size());
        for (InstalledPackage installed : input.installed()) {
            highest.merge(installed.key(), installed.version(), (one, other) -> other.newerThan(one) ? other : one);
        }
        return highest;
    }

    /** The versions of a package mostly follow each other, so that the map is seldom asked. */
    private Map<PackageKey, List<Integer>> placesByPackage() {
        Map<PackageKey, List<Integer>> places = new LinkedHashMap<>();
        PackageKey previous = null;
        List<Integer> ofPrevious = List.of();
        for (int place = 0; place < input.available().size(); place++) {
            PackageKey key = input.available().get(place).key();
            if (!key.equals(previous)) {
                ofPrevious = places.computeIfAbsent(key, first -> new ArrayList<>());
                previous = key;
            }
            ofPrevious.add(place);
        }
        return places;
    }

    private Offers offersAt(PackageKey key, List<Integer> places, Optional<PackageVersion> listedAsInstalled) {
        List<PatchDecision> decisions = new ArrayList<>(places.size());
        Optional<PackageVersion> installed = listedAsInstalled;
        for (int place : places) {
            Patch patch = input.available().get(place);
            decisions.add(patchJudge.judge(patch));
            installed = installed.or(patch::installed);
        }
        return new Offers(key, installed, decisions);
    }
}
