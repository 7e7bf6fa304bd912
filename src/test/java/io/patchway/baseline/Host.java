package io.patchway.baseline;

import io.patchway.patch.InstalledPackage;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A host in a test: what is installed, what is offered, and what the baseline says of it. */
final class Host {
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final List<InstalledPackage> installed = new ArrayList<>();
    private final List<Patch> offered = new ArrayList<>();
    private final Set<String> held = new HashSet<>();
    private final Set<PackageKey> attempted = new HashSet<>();
    private final Set<PackageKey> waitingForReboot = new HashSet<>();
    private final Set<PackageKey> patched = new HashSet<>();
    private final Map<PackageKey, PatchNotice> notices = new HashMap<>();
    private List<String> excluded = List.of();
    private String product = "RedhatEnterpriseLinux9.4";
    private Instant now = NOW;

    static PackageKey key(String name) {
        return new PackageKey(name, "x86_64");
    }

    /** Says of one patch what the baseline says, on a host that has nothing installed. */
    static PatchDecision decide(BaselineBuilder baseline, PatchBuilder patch) {
        return new Host().offers(patch).decide(baseline).getFirst();
    }

    Host has(String name, String version) {
        installed.add(new InstalledPackage(key(name), PackageVersion.rpm(version), Optional.empty()));
        return this;
    }

    Host hasDeb(String name, String version) {
        installed.add(
                new InstalledPackage(new PackageKey(name, "amd64"), PackageVersion.deb(version), Optional.empty()));
        return this;
    }

    Host offers(PatchBuilder... patches) {
        for (PatchBuilder patch : patches) {
            offered.add(patch.build());
        }
        return this;
    }

    Host holds(String name) {
        held.add(name);
        return this;
    }

    Host excluding(String... patterns) {
        excluded = List.of(patterns);
        return this;
    }

    Host triedToInstall(String name) {
        attempted.add(key(name));
        return this;
    }

    Host installedWithoutReboot(String name) {
        waitingForReboot.add(key(name));
        return triedToInstall(name);
    }

    /** A run brought it to its version, which a baseline approved. */
    Host patched(String name) {
        patched.add(key(name));
        return this;
    }

    /** What was known of the installed version when a run installed it. */
    Host remembers(String name, PatchNotice notice) {
        notices.put(key(name), notice);
        return this;
    }

    Host product(String name) {
        product = name;
        return this;
    }

    Host at(String instant) {
        now = Instant.parse(instant);
        return this;
    }

    Evaluation evaluate(BaselineBuilder baseline) {
        return BaselineEvaluation.evaluate(
                baseline.build(),
                new EvaluationInput(
                        product,
                        installed,
                        offered,
                        held,
                        excluded,
                        attempted,
                        waitingForReboot,
                        patched,
                        notices,
                        now));
    }

    List<PatchDecision> decide(BaselineBuilder baseline) {
        return evaluate(baseline).decisions();
    }

    /** The state of the only package. */
    PackageState state(BaselineBuilder baseline) {
        List<PackageState> states = evaluate(baseline).states();
        if (states.size() != 1) {
            throw new IllegalStateException("one package was expected: " + states);
        }
        return states.getFirst();
    }

    /** What is missing, as {@code name-version}. */
    List<String> missing(BaselineBuilder baseline) {
        return evaluate(baseline).missing().stream()
                .map(patch -> patch.key().name() + "-" + patch.version())
                .toList();
    }
}
