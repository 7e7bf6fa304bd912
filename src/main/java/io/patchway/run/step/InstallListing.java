package io.patchway.run.step;

import io.patchway.baseline.Evaluation;
import io.patchway.baseline.PackageState;
import io.patchway.baseline.PatchDecision.Reason;
import io.patchway.baseline.PatchState;
import io.patchway.patch.InstalledPackage;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import io.patchway.patch.VersionScheme;
import io.patchway.run.Operation;
import io.patchway.run.PatchOverride.InstallList;
import io.patchway.run.PatchOverride.ListedPatch;
import io.patchway.run.PatchRequest;
import io.patchway.scan.ScanResult;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An install list in the place of a baseline: of what a server is offered, the newest of what the list names. */
final class InstallListing {
    private static final Reason LISTED = new Reason("InstallOverrideList", "the install list of the command names it");

    private final List<Entry> entries;

    /** Two patterns that must both fit. */
    private record Entry(Pattern id, Pattern title) {
        static Entry of(ListedPatch listed) {
            return new Entry(glob(listed.id()), glob(listed.title()));
        }

        private static Pattern glob(String text) {
            return Pattern.compile(
                    Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
        }

        boolean names(Patch patch) {
            String id = patch.key().toString();
            if (patch.windows().isPresent()) {
                return this.id.matcher(id).matches();
            }
            return this.id.matcher(id).matches()
                    && (title.matcher(id + ":" + patch.version()).matches()
                            || title.matcher(id + ":" + withEpoch(patch.version()))
                                    .matches());
        }

        private static String withEpoch(PackageVersion version) {
            return version.scheme() == VersionScheme.RPM && version.text().indexOf(':') < 0
                    ? "0:" + version
                    : version.toString();
        }
    }

    private InstallListing(InstallList list) {
        this.entries = list.patches().stream().map(Entry::of).toList();
    }

    /** The list of a request; a scan has none. */
    static Optional<InstallListing> of(PatchRequest request) {
        return request.special()
                .override()
                .filter(InstallList.class::isInstance)
                .map(InstallList.class::cast)
                .filter(list -> request.operation() == Operation.INSTALL)
                .map(InstallListing::new);
    }

    /** What is listed and newer than what is there, ordered by name. What the host itself holds back is left out. */
    List<Patch> wanted(ScanResult scan) {
        Map<PackageKey, PackageVersion> installed = scan.installed().stream()
                .collect(Collectors.toMap(InstalledPackage::key, InstalledPackage::version, InstallListing::newer));
        Map<PackageKey, Patch> wanted = new HashMap<>();
        scan.available().stream()
                .filter(patch -> !scan.held().contains(patch.key().name()))
                .filter(patch -> entries.stream().anyMatch(entry -> entry.names(patch)))
                .filter(patch ->
                        !installed.containsKey(patch.key()) || patch.version().newerThan(installed.get(patch.key())))
                .forEach(patch -> wanted.merge(
                        patch.key(), patch, (one, other) -> other.version().newerThan(one.version()) ? other : one));
        return wanted.values().stream()
                .sorted((one, other) -> one.key().compareTo(other.key()))
                .toList();
    }

    private static PackageVersion newer(PackageVersion one, PackageVersion other) {
        return other.newerThan(one) ? other : one;
    }

    /** What a baseline said, with what is wanted missing, or failed where it was tried. */
    static Evaluation over(Evaluation evaluation, List<Patch> wanted, Set<PackageKey> triedInVain) {
        Map<PackageKey, Patch> byKey = wanted.stream().collect(Collectors.toMap(Patch::key, Function.identity()));
        return new Evaluation(
                evaluation.decisions(),
                evaluation.states().stream()
                        .map(state -> Optional.ofNullable(byKey.get(state.key()))
                                .map(patch -> behind(state, patch, triedInVain))
                                .orElse(state))
                        .toList());
    }

    private static PackageState behind(PackageState state, Patch patch, Set<PackageKey> triedInVain) {
        return new PackageState(
                state.key(),
                triedInVain.contains(state.key()) ? PatchState.FAILED : PatchState.MISSING,
                state.installed(),
                Optional.of(patch),
                state.level(),
                LISTED);
    }
}
