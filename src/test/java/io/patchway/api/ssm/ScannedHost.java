package io.patchway.api.ssm;

import io.patchway.baseline.BaselineId;
import io.patchway.baseline.BaselineVersion;
import io.patchway.baseline.ComplianceLevel;
import io.patchway.baseline.Evaluation;
import io.patchway.baseline.PackageState;
import io.patchway.baseline.PatchDecision;
import io.patchway.baseline.PatchNotice;
import io.patchway.baseline.PatchState;
import io.patchway.patch.Advisory;
import io.patchway.patch.Classification;
import io.patchway.patch.InstalledPackage;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import io.patchway.patch.Severity;
import io.patchway.run.Operation;
import io.patchway.run.RebootOption;
import io.patchway.run.ScanOccasion;
import io.patchway.run.ScanRecord;
import io.patchway.run.ServerStanding;
import io.patchway.scan.HostFacts;
import io.patchway.scan.ScanResult;
import io.patchway.server.PatchFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Scans of a host with packages in whatever state a test wants. */
public final class ScannedHost {
    public static final BaselineId BASELINE = BaselineId.ofName("web-baseline");
    public static final Instant INSTALLED_AT = Instant.parse("2026-01-02T03:04:05Z");

    private final List<PackageState> states = new ArrayList<>();
    private final List<InstalledPackage> installed = new ArrayList<>();
    private Operation operation = Operation.SCAN;
    private boolean otherBaseline;

    public ScannedHost has(String name, PatchState state) {
        return has(name, state, ComplianceLevel.UNSPECIFIED);
    }

    public ScannedHost has(String name, PatchState state, ComplianceLevel level) {
        return has(name, state, level, Optional.empty());
    }

    /** Has what a run installed. */
    public ScannedHost has(String name, PatchState state, PatchNotice notice) {
        return has(name, state, notice.level(), Optional.of(notice));
    }

    private ScannedHost has(String name, PatchState state, ComplianceLevel level, Optional<PatchNotice> notice) {
        PackageKey key = new PackageKey(name, "x86_64");
        PackageVersion old = PackageVersion.rpm("1.0-1");
        installed.add(new InstalledPackage(key, old, Optional.of(INSTALLED_AT)));
        boolean behind = state == PatchState.MISSING || state == PatchState.FAILED;
        states.add(new PackageState(
                key,
                state,
                Optional.of(old),
                behind ? Optional.of(update(key, old)) : Optional.empty(),
                level,
                new PatchDecision.Reason("test", "as the test wants it"),
                notice));
        return this;
    }

    public ScannedHost installing() {
        operation = Operation.INSTALL;
        return this;
    }

    public ScannedHost underOtherBaseline() {
        otherBaseline = true;
        return this;
    }

    private static Patch update(PackageKey key, PackageVersion old) {
        return new Patch(
                key,
                PackageVersion.rpm("2:1.1-1"),
                Optional.of(old),
                "baseos",
                List.of(new Advisory(
                        "ADV-1",
                        "an update",
                        Classification.SECURITY,
                        Severity.IMPORTANT,
                        Optional.empty(),
                        Optional.empty(),
                        List.of("CVE-2026-1", "CVE-2026-2"),
                        List.of(),
                        false)),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    public ScanRecord scannedAt(Instant at) {
        HostFacts host = new HostFacts(
                "web-01.example.org",
                "rocky",
                "9.4",
                "Rocky Linux 9.4 (Blue Onyx)",
                "x86_64",
                "5.14",
                "boot-1",
                Duration.ofHours(1),
                "dnf 4.14.0");
        ScanResult result =
                new ScanResult(at, PatchFamily.YUM, host, installed, List.of(), Set.of(), List.of(), Optional.empty());
        ScanOccasion occasion = new ScanOccasion(
                operation,
                RebootOption.NEVER,
                Optional.empty(),
                Optional.of("Web Servers"),
                Optional.empty(),
                otherBaseline,
                ServerStanding.UNKNOWN);
        return new ScanRecord(
                result,
                "web-baseline",
                Optional.of(new BaselineVersion(BASELINE, 3)),
                new Evaluation(List.of(), states),
                Optional.of(occasion));
    }
}
