package io.patchway.explain;

import io.patchway.baseline.Evaluation;
import io.patchway.baseline.PatchBuilder;
import io.patchway.patch.InstalledPackage;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import io.patchway.run.Operation;
import io.patchway.run.RebootOption;
import io.patchway.run.ScanOccasion;
import io.patchway.run.ScanRecord;
import io.patchway.run.ServerStanding;
import io.patchway.run.ServerStanding.PatchedPackage;
import io.patchway.run.StoredScan;
import io.patchway.scan.HostFacts;
import io.patchway.scan.ScanResult;
import io.patchway.server.PatchFamily;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A kept scan for tests. */
public final class ScannedHost {
    private final String name;
    private final Instant takenAt;
    private final List<InstalledPackage> installed = new ArrayList<>();
    private final List<Patch> offered = new ArrayList<>();
    private final Set<String> held = new HashSet<>();
    private final Set<PatchedPackage> patched = new HashSet<>();
    private String osId = "rhel";

    public ScannedHost(String name, String takenAt) {
        this.name = name;
        this.takenAt = Instant.parse(takenAt);
    }

    public ScannedHost has(String packageName, String version) {
        PackageKey key = new PackageKey(packageName, "x86_64");
        installed.add(new InstalledPackage(key, PackageVersion.rpm(version), Optional.empty()));
        return this;
    }

    public ScannedHost offers(PatchBuilder patch) {
        offered.add(patch.build());
        return this;
    }

    public ScannedHost holds(String packageName) {
        held.add(packageName);
        return this;
    }

    /** An earlier run has installed this version, because a baseline approved it. */
    public ScannedHost gotFromARun(String packageName, String version) {
        patched.add(new PatchedPackage(
                new PackageKey(packageName, "x86_64"), PackageVersion.rpm(version), Optional.empty(), false));
        return has(packageName, version);
    }

    public ScannedHost runs(String otherOsId) {
        osId = otherOsId;
        return this;
    }

    public StoredScan stored() {
        HostFacts facts =
                new HostFacts(name, osId, "9.4", "A host", "x86_64", "5.14", "boot-1", Duration.ofDays(3), "dnf 4.14");
        ScanResult result = new ScanResult(
                takenAt, PatchFamily.YUM, facts, installed, offered, held, List.of(), Optional.of(Duration.ZERO));
        ScanOccasion occasion = new ScanOccasion(
                Operation.SCAN,
                RebootOption.IF_NEEDED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                new ServerStanding("boot-1", Set.of(), patched));
        return new StoredScan(
                new ServerId(name),
                new ScanRecord(
                        result, "any", Optional.empty(), new Evaluation(List.of(), List.of()), Optional.of(occasion)));
    }
}
