package io.patchway.baseline;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The counts of a server (AWS Patch Manager: instance patch states).
 *
 * @param counts how many packages are in each state; every state is present
 * @param severity the gravest compliance level among what is not compliant; empty when the server is compliant
 * @param critical not compliant and of compliance level CRITICAL
 * @param security not compliant and a security update
 * @param other not compliant and neither of the two
 * @param right how many of the packages that are on the server are compliant, by compliance level
 * @param wrong how many are not
 */
public record ComplianceSummary(
        Map<PatchState, Integer> counts,
        Optional<ComplianceLevel> severity,
        int critical,
        int security,
        int other,
        Map<ComplianceLevel, Integer> right,
        Map<ComplianceLevel, Integer> wrong) {

    public ComplianceSummary {
        counts = Map.copyOf(counts);
        right = Map.copyOf(right);
        wrong = Map.copyOf(wrong);
    }

    public static ComplianceSummary of(Evaluation evaluation) {
        Map<PatchState, Integer> counts = new EnumMap<>(PatchState.class);
        for (PatchState state : PatchState.values()) {
            counts.put(state, 0);
        }
        evaluation.states().forEach(state -> counts.merge(state.state(), 1, Integer::sum));
        List<PackageState> wrong = evaluation.states().stream()
                .filter(state -> !state.state().compliant())
                .toList();
        return new ComplianceSummary(
                counts,
                wrong.stream().map(PackageState::level).min(Comparator.naturalOrder()),
                (int) wrong.stream().filter(ComplianceSummary::critical).count(),
                (int) wrong.stream().filter(ComplianceSummary::securityUpdate).count(),
                (int) wrong.stream()
                        .filter(state -> !critical(state) && !securityUpdate(state))
                        .count(),
                byLevel(evaluation.states().stream()
                        .filter(state -> state.state().compliant() && state.state() != PatchState.NOT_APPLICABLE)),
                byLevel(wrong.stream()));
    }

    private static Map<ComplianceLevel, Integer> byLevel(Stream<PackageState> states) {
        return states.collect(Collectors.groupingBy(
                PackageState::level, () -> new EnumMap<>(ComplianceLevel.class), Collectors.summingInt(state -> 1)));
    }

    /** Whether no package is missing, failed, rejected but installed, or waiting for a reboot. */
    public boolean compliant() {
        return severity.isEmpty();
    }

    private static boolean critical(PackageState state) {
        return state.level() == ComplianceLevel.CRITICAL;
    }

    private static boolean securityUpdate(PackageState state) {
        return state.patchNotice().filter(PatchNotice::security).isPresent();
    }
}
