package io.patchway.api.ssm.compliance;

import io.patchway.baseline.ComplianceLevel;
import io.patchway.compliance.Report;
import io.patchway.compliance.ReportedItem;
import io.patchway.compliance.ScanSummary;
import io.patchway.run.RunId;
import io.patchway.server.ServerId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One type of compliance of one node, in figures.
 *
 * @param right how many things are as they should be, by severity
 * @param wrong how many are not
 */
record NodeCompliance(
        ServerId server,
        String type,
        ExecutionSummary execution,
        Map<ComplianceLevel, Integer> right,
        Map<ComplianceLevel, Integer> wrong) {

    /** The type that scans say something of. */
    static final String PATCH = "Patch";

    static NodeCompliance of(ScanSummary scan) {
        return new NodeCompliance(
                scan.server(),
                PATCH,
                execution(scan),
                scan.counts().right(),
                scan.counts().wrong());
    }

    static NodeCompliance of(Report report) {
        return new NodeCompliance(
                report.server(),
                report.type(),
                execution(report),
                counts(report.items(), true),
                counts(report.items(), false));
    }

    static ExecutionSummary execution(ScanSummary scan) {
        return new ExecutionSummary(scan.takenAt(), scan.run().map(RunId::toString), Optional.of("Command"));
    }

    static ExecutionSummary execution(Report report) {
        return new ExecutionSummary(report.executedAt(), report.executionId(), report.executionType());
    }

    private static Map<ComplianceLevel, Integer> counts(List<ReportedItem> items, boolean compliant) {
        return items.stream()
                .filter(item -> item.compliant() == compliant)
                .collect(Collectors.groupingBy(
                        ReportedItem::severity,
                        () -> new EnumMap<>(ComplianceLevel.class),
                        Collectors.summingInt(item -> 1)));
    }

    boolean compliant() {
        return wrong.isEmpty();
    }

    String status() {
        return compliant() ? "COMPLIANT" : "NON_COMPLIANT";
    }

    /** The gravest of what is wrong. */
    ComplianceLevel severity() {
        return wrong.keySet().stream().min(ComplianceLevel::compareTo).orElse(ComplianceLevel.UNSPECIFIED);
    }
}
