package io.patchway.run.step;

import io.patchway.baseline.BaselineEvaluation;
import io.patchway.baseline.Baselines;
import io.patchway.baseline.BlockedNames;
import io.patchway.baseline.Evaluation;
import io.patchway.baseline.EvaluationInput;
import io.patchway.baseline.PatchBaseline;
import io.patchway.patch.PackageKey;
import io.patchway.run.InstallPlan;
import io.patchway.run.PatchChange;
import io.patchway.run.RunMemory;
import io.patchway.run.ScanRecord;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.scan.HostProduct;
import io.patchway.scan.ScanResult;
import io.patchway.server.OperatingSystem;
import io.patchway.server.Server;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Holds a scan against the run's baseline: what did the last round achieve, what is approved and still missing, and so,
 * what comes next.
 */
public final class FilterByBaseline {
    private final Baselines baselines;
    private final NextMove nextMove;
    private final Clock clock;

    public FilterByBaseline(Baselines baselines, NextMove nextMove, Clock clock) {
        this.baselines = baselines;
        this.nextMove = nextMove;
        this.clock = clock;
    }

    public Transition take(ServerRun run, Server server, ScanResult scan) {
        HostProduct product = HostProduct.of(scan.host());
        PatchBaseline baseline =
                run.memory().baseline().orElseGet(() -> resolve(run, server, product.operatingSystem()));
        RoundResult achieved = RoundResult.of(run, scan);
        RunMemory memory = run.memory().freezing(baseline).installing(achieved.installedKeys());

        Evaluation evaluation = BaselineEvaluation.evaluate(baseline, input(run, memory, product, scan));
        List<PatchChange> changes = new ArrayList<>(achieved.changes());
        changes.addAll(Findings.of(run, evaluation));

        InstallPlan rest = new InstallPlan(evaluation.missing(), blocked(run, baseline, evaluation));
        return nextMove.after(run, memory, rest, scan)
                .recording(changes)
                .keeping(new ScanRecord(scan, baseline.name(), evaluation));
    }

    private PatchBaseline resolve(ServerRun run, Server server, OperatingSystem operatingSystem) {
        if (run.request().scriptPackage().isPresent()) {
            return PatchBaseline.everything(operatingSystem);
        }
        return run.request()
                .baseline()
                .or(server::baseline)
                .map(name -> baselines
                        .find(name)
                        .orElseThrow(() -> new ServerFault(
                                ServerFault.Kind.CONFIGURATION, "baseline " + name + " no longer exists")))
                .orElseGet(() -> baselines.defaultFor(operatingSystem));
    }

    private EvaluationInput input(ServerRun run, RunMemory memory, HostProduct product, ScanResult scan) {
        return new EvaluationInput(
                product.name(),
                scan.installed(),
                scan.available(),
                scan.held(),
                run.request().excluded(),
                attempted(memory),
                memory.installedSinceBoot(),
                clock.instant());
    }

    private static List<String> blocked(ServerRun run, PatchBaseline baseline, Evaluation evaluation) {
        return Stream.concat(BlockedNames.of(baseline, evaluation).stream(), run.request().excluded().stream())
                .distinct()
                .toList();
    }

    private static Set<PackageKey> attempted(RunMemory memory) {
        return memory.plan().map(plan -> Set.copyOf(plan.keys())).orElse(Set.of());
    }
}
