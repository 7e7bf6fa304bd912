package io.patchway.api.ssm.compliance;

import io.patchway.baseline.ComplianceLevel;
import io.patchway.baseline.PackageState;
import io.patchway.baseline.PatchNotice;
import io.patchway.baseline.PatchState;
import io.patchway.compliance.ComplianceRecords;
import io.patchway.patch.InstalledPackage;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import io.patchway.patch.VersionScheme;
import io.patchway.patch.WindowsUpdate;
import io.patchway.run.ScanRecord;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The packages of scans, in the words of the service. Scans never change, so the ones that were asked for last are
 * kept. Thread-safe.
 */
public final class ScannedPatches {
    /** What to say of a package that nobody knows the installation of. */
    private static final Instant UNKNOWN = Instant.EPOCH;

    private static final int MOST_SCANS = 256;
    /** A row takes some 300 bytes. */
    private static final int MOST_ROWS = 200_000;

    private static final Set<PatchState> BEHIND = EnumSet.of(PatchState.MISSING, PatchState.FAILED);

    /** A package, and how grave it is when it is not as it should be. */
    record Row(InstancePatch patch, ComplianceLevel level, boolean compliant) {}

    private final ComplianceRecords records;
    private final Map<Long, List<Row>> recent = new LinkedHashMap<>(MOST_SCANS, 0.75f, true);
    private int rows;

    public ScannedPatches(ComplianceRecords records) {
        this.records = records;
    }

    /** The packages of a scan, ordered by name; empty when retention has removed what it found. */
    Optional<List<Row>> of(long scan) {
        synchronized (recent) {
            List<Row> known = recent.get(scan);
            if (known != null) {
                return Optional.of(known);
            }
        }
        Optional<List<Row>> read = records.details(scan).map(ScannedPatches::rows);
        read.ifPresent(list -> remember(scan, list));
        return read;
    }

    private void remember(long scan, List<Row> list) {
        synchronized (recent) {
            if (recent.putIfAbsent(scan, list) == null) {
                rows += list.size();
            }
            while (recent.size() > 1 && (recent.size() > MOST_SCANS || rows > MOST_ROWS)) {
                Long eldest = recent.keySet().iterator().next();
                rows -= recent.remove(eldest).size();
            }
        }
    }

    private static List<Row> rows(ScanRecord scan) {
        Map<PackageKey, Instant> installed = new HashMap<>();
        for (InstalledPackage each : scan.scan().installed()) {
            each.installedAt().ifPresent(at -> installed.merge(each.key(), at, ScannedPatches::later));
        }
        return scan.evaluation().states().stream()
                .filter(state -> state.state() != PatchState.NOT_APPLICABLE)
                .map(state -> new Row(
                        row(state, installed.getOrDefault(state.key(), UNKNOWN)),
                        state.level(),
                        state.state().compliant()))
                .toList();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static InstancePatch row(PackageState state, Instant installedAt) {
        boolean behind = BEHIND.contains(state.state());
        Optional<PatchNotice> notice = state.patchNotice();
        Optional<PackageVersion> version = behind ? state.target().map(Patch::version) : state.installed();
        String id = state.key().toString();
        Optional<String> title =
                behind ? state.target().flatMap(Patch::windows).map(WindowsUpdate::title) : Optional.empty();
        return new InstancePatch(
                title.isPresent()
                        ? title.get()
                        : version.map(known -> id + ":" + full(known)).orElse(id),
                id,
                notice.map(PatchNotice::classification).orElse(""),
                notice.map(PatchNotice::severity).orElse(""),
                state.state().name(),
                installedAt,
                behind
                        ? state.target()
                                .map(patch -> String.join(",", patch.allCves()))
                                .filter(cves -> !cves.isEmpty())
                        : Optional.empty());
    }

    /** A version as the service writes it: of rpm always with an epoch. */
    private static String full(PackageVersion version) {
        boolean withoutEpoch =
                version.scheme() == VersionScheme.RPM && version.text().indexOf(':') < 0;
        return withoutEpoch ? "0:" + version : version.toString();
    }
}
