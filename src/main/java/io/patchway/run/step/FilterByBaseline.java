package io.patchway.run.step;

import io.patchway.baseline.BaselineEvaluation;
import io.patchway.baseline.BaselineSnapshots;
import io.patchway.baseline.Baselines;
import io.patchway.baseline.BlockedNames;
import io.patchway.baseline.Evaluation;
import io.patchway.baseline.EvaluationInput;
import io.patchway.baseline.FrozenBaseline;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.PatchNotice;
import io.patchway.baseline.PatchSource;
import io.patchway.baseline.SnapshotKey;
import io.patchway.baseline.SourceForm;
import io.patchway.baseline.StoredBaseline;
import io.patchway.baseline.UnclearBaselineException;
import io.patchway.patch.PackageKey;
import io.patchway.patch.Patch;
import io.patchway.run.InstallPlan;
import io.patchway.run.PatchChange;
import io.patchway.run.PatchOverride;
import io.patchway.run.PatchOverride.OtherBaselines;
import io.patchway.run.RunLedger;
import io.patchway.run.RunMemory;
import io.patchway.run.ScanOccasion;
import io.patchway.run.ScanRecord;
import io.patchway.run.ScriptPackages;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerRun;
import io.patchway.run.ServerStanding;
import io.patchway.run.Transition;
import io.patchway.scan.HostFacts;
import io.patchway.scan.HostProduct;
import io.patchway.scan.ScanResult;
import io.patchway.server.OperatingSystem;
import io.patchway.server.Server;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds a scan against the run's baseline: what did the last round achieve, what is approved and still missing, and so,
 * what comes next. The first scan also tells which baseline that is; one that brings sources for the server is held
 * against a scan of those.
 */
public final class FilterByBaseline {
    private final Baselines baselines;
    private final BaselineSnapshots snapshots;
    private final ScriptPackages packages;
    private final RunLedger ledger;
    private final NextMove nextMove;
    private final Clock clock;

    public FilterByBaseline(
            Baselines baselines,
            BaselineSnapshots snapshots,
            ScriptPackages packages,
            RunLedger ledger,
            NextMove nextMove,
            Clock clock) {
        this.baselines = baselines;
        this.snapshots = snapshots;
        this.packages = packages;
        this.ledger = ledger;
        this.nextMove = nextMove;
        this.clock = clock;
    }

    public Transition take(ServerRun run, Server server, ScanResult scan) {
        HostProduct product = product(server, scan.host());
        FrozenBaseline frozen = run.memory().frozen().orElseGet(() -> freeze(run, server, product));
        List<PatchSource> sources = frozen.content().sources();
        if (run.memory().frozen().isEmpty() && !sources.isEmpty()) {
            return Transition.to(run.state(), run, run.memory().freezing(frozen), clock.instant(), naming(frozen));
        }
        RoundResult achieved = RoundResult.of(run, scan);
        RunMemory memory = run.memory().freezing(frozen).installing(achieved.installedKeys());

        PatchBaseline baseline = frozen.content();
        ServerStanding standing = Standings.after(
                ledger.standing(server.id()), run, memory, scan, notices(baseline, product, memory, achieved));
        Evaluation judged = BaselineEvaluation.evaluate(baseline, input(run, memory, standing, product, scan));
        Optional<List<Patch>> listed = InstallListing.of(run.request()).map(list -> list.wanted(scan));
        Evaluation evaluation = listed.map(wanted -> InstallListing.over(judged, wanted, triedInVain(memory)))
                .orElse(judged);
        List<PatchChange> changes = new ArrayList<>(achieved.changes());
        changes.addAll(Findings.of(run, evaluation));

        InstallPlan rest = listed.map(
                        wanted -> new InstallPlan(wanted, run.request().excluded(), sources))
                .orElseGet(() -> new InstallPlan(evaluation.missing(), blocked(run, baseline, evaluation), sources));
        return nextMove.after(run, memory, rest, scan)
                .recording(changes)
                .keeping(new ScanRecord(
                        scan,
                        frozen.name(),
                        frozen.version(),
                        evaluation,
                        Optional.of(occasion(run, server, standing))));
    }

    private static ScanOccasion occasion(ServerRun run, Server server, ServerStanding standing) {
        return new ScanOccasion(
                run.request().operation(),
                run.request().rebootOption(),
                run.request().snapshot(),
                server.patchGroup(),
                InstallListing.of(run.request())
                        .flatMap(list -> run.request().special().override())
                        .map(PatchOverride::source),
                baselinesOf(run).isPresent(),
                standing);
    }

    /**
     * The baseline of a run whose server was not scanned yet, with the sources that are for this server.
     *
     * @throws ServerFault when there is none for it, or the package manager could not read its sources
     */
    FrozenBaseline freeze(ServerRun run, Server server, HostFacts host) {
        return freeze(run, server, product(server, host));
    }

    private FrozenBaseline freeze(ServerRun run, Server server, HostProduct product) {
        FrozenBaseline frozen = resolve(run, server, product.operatingSystem()).forProduct(product.product());
        SourceForm.problem(frozen.content().sources(), product.operatingSystem().family())
                .ifPresent(problem -> {
                    throw new ServerFault(ServerFault.Kind.CONFIGURATION, "baseline " + frozen.name() + ", " + problem);
                });
        return frozen;
    }

    private static String naming(FrozenBaseline frozen) {
        return "baseline " + frozen.name() + " brings the sources that count here: "
                + frozen.content().sources().stream().map(PatchSource::name).collect(Collectors.joining(", "));
    }

    private static HostProduct product(Server server, HostFacts host) {
        return HostProduct.of(host)
                .orElseThrow(() -> new ServerFault(
                        ServerFault.Kind.UNSUPPORTED,
                        server.id() + " runs " + host.osName() + ", for which there are no patch baselines"));
    }

    private FrozenBaseline resolve(ServerRun run, Server server, OperatingSystem operatingSystem) {
        if (run.request().scriptPackage().isPresent()) {
            return ofPackage(run.request().scriptPackage().get(), server, operatingSystem);
        }
        Optional<OtherBaselines> brought = baselinesOf(run);
        if (brought.isPresent()) {
            return FrozenBaseline.unstored(brought(brought.get(), server, operatingSystem));
        }
        StoredBaseline baseline = stored(run, server, operatingSystem);
        OperatingSystem written = baseline.content().operatingSystem();
        if (written.family() != operatingSystem.family()) {
            throw new ServerFault(
                    ServerFault.Kind.CONFIGURATION,
                    "baseline " + baseline.name() + " is for " + written + ", but " + server.id() + " is "
                            + operatingSystem);
        }
        return shared(run, server, operatingSystem, baseline);
    }

    private static Optional<OtherBaselines> baselinesOf(ServerRun run) {
        return run.request()
                .special()
                .override()
                .filter(OtherBaselines.class::isInstance)
                .map(OtherBaselines.class::cast);
    }

    private static PatchBaseline brought(OtherBaselines list, Server server, OperatingSystem operatingSystem) {
        return list.baselineFor(server.id(), operatingSystem)
                .orElseThrow(() -> new ServerFault(
                        ServerFault.Kind.CONFIGURATION,
                        "none of the baselines from " + list.source() + " is for " + operatingSystem + ", which "
                                + server.id() + " runs"));
    }

    /** What the other runs of the same snapshot work with. */
    private FrozenBaseline shared(
            ServerRun run, Server server, OperatingSystem operatingSystem, StoredBaseline baseline) {
        FrozenBaseline found = baseline.frozen();
        boolean named = run.request().baseline().or(server::baseline).isPresent();
        return run.request()
                .snapshot()
                .map(snapshot -> SnapshotKey.of(snapshot, server, operatingSystem, baseline, named))
                .map(key -> snapshots.share(key, found.asOf(clock.instant())))
                .orElse(found);
    }

    private FrozenBaseline ofPackage(String name, Server server, OperatingSystem operatingSystem) {
        boolean serves = packages.find(name)
                .map(found -> found.operatingSystems().contains(operatingSystem))
                .orElse(false);
        if (!serves) {
            throw new ServerFault(
                    ServerFault.Kind.UNSUPPORTED,
                    "package " + name + " does not serve " + operatingSystem + ", which " + server.id() + " runs");
        }
        return FrozenBaseline.unstored(PatchBaseline.everything(operatingSystem));
    }

    private StoredBaseline stored(ServerRun run, Server server, OperatingSystem operatingSystem) {
        try {
            return run.request()
                    .baseline()
                    .map(baselines::existing)
                    .orElseGet(() -> baselines.forServer(server, operatingSystem));
        } catch (UnclearBaselineException e) {
            throw new ServerFault(ServerFault.Kind.CONFIGURATION, e.getMessage());
        }
    }

    private EvaluationInput input(
            ServerRun run, RunMemory memory, ServerStanding standing, HostProduct product, ScanResult scan) {
        return new EvaluationInput(
                product.product(),
                scan.installed(),
                scan.available(),
                scan.held(),
                run.request().excluded(),
                triedInVain(memory),
                standing.waiting(),
                standing.approved(),
                standing.notices(),
                approvalClock(memory));
    }

    /** What is known of the patches that a round installed; once they are there, nothing offers them any more. */
    private Map<PackageKey, PatchNotice> notices(
            PatchBaseline baseline, HostProduct product, RunMemory memory, RoundResult achieved) {
        EvaluationInput input = new EvaluationInput(
                product.product(),
                List.of(),
                achieved.installed(),
                Set.of(),
                List.of(),
                Set.of(),
                Set.of(),
                approvalClock(memory));
        return BaselineEvaluation.evaluate(baseline, input).decisions().stream()
                .collect(Collectors.toUnmodifiableMap(
                        decision -> decision.patch().key(), PatchNotice::of));
    }

    private Instant approvalClock(RunMemory memory) {
        return memory.frozen().flatMap(FrozenBaseline::approvalClock).orElseGet(clock::instant);
    }

    private static List<String> blocked(ServerRun run, PatchBaseline baseline, Evaluation evaluation) {
        return Stream.concat(BlockedNames.of(baseline, evaluation).stream(), run.request().excluded().stream())
                .distinct()
                .toList();
    }

    private static Set<PackageKey> triedInVain(RunMemory memory) {
        return memory.plan().stream()
                .flatMap(plan -> plan.keys().stream())
                .filter(key -> !memory.installed().contains(key))
                .collect(Collectors.toUnmodifiableSet());
    }
}
