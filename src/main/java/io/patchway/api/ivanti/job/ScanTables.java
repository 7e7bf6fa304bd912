package io.patchway.api.ivanti.job;

import io.patchway.api.ivanti.Csv;
import io.patchway.api.ivanti.IvantiJson;
import java.util.List;

/** Machines and patches as CSV. */
final class ScanTables {
    private static final List<String> MACHINES = List.of(
            "id",
            "name",
            "dnsName",
            "completedOn",
            "installedPatchCount",
            "missingPatchCount",
            "rebootRequired",
            "operatingSystem",
            "errorNumber",
            "errorDescription");
    private static final List<String> PATCHES = List.of(
            "scanItemId",
            "scanState",
            "bulletinId",
            "kb",
            "patchType",
            "vendorSeverity",
            "productName",
            "servicePackName",
            "cves",
            "rebootRequired",
            "patchId");

    private ScanTables() {}

    static String machines(List<ScanModels.Machine> rows) {
        return Csv.of(
                MACHINES,
                rows.stream()
                        .map(row -> List.of(
                                String.valueOf(row.id()),
                                row.name(),
                                row.dnsName().orElse(""),
                                IvantiJson.time(row.completedOn()),
                                String.valueOf(row.installedPatchCount()),
                                String.valueOf(row.missingPatchCount()),
                                row.rebootRequired().map(String::valueOf).orElse(""),
                                row.operatingSystem().orElse(""),
                                String.valueOf(row.errorNumber()),
                                row.errorDescription().orElse("")))
                        .toList());
    }

    static String patches(List<DetectedPatch> rows) {
        return Csv.of(
                PATCHES,
                rows.stream()
                        .map(row -> List.of(
                                String.valueOf(row.scanItemId()),
                                row.scanState(),
                                row.bulletinId(),
                                row.kb(),
                                row.patchType(),
                                row.vendorSeverity(),
                                row.productName(),
                                row.servicePackName(),
                                String.join(" ", row.cves()),
                                String.valueOf(row.rebootRequired()),
                                row.patchId().toString()))
                        .toList());
    }
}
