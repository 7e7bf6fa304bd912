package io.patchway.explain;

import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.PatchDecision;
import io.patchway.explain.ServerTrial.Difference;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.run.ScanHistory;
import io.patchway.run.ScanRecord;
import io.patchway.run.StoredScan;
import io.patchway.scan.ScanResult;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tries baselines on the scans that were kept; nothing is changed and no server is asked. */
public final class BaselineTrials {
    private static final Instant LONG_AGO = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant FAR_AHEAD = Instant.parse("9999-01-01T00:00:00Z");

    private final ScanHistory scans;
    private final Clock clock;

    public BaselineTrials(ScanHistory scans, Clock clock) {
        this.scans = scans;
        this.clock = clock;
    }

    /** What the baseline would do on each server, ordered by server; fewer than the limit: there are no more. */
    public List<ServerTrial> run(TrialOrder order) {
        Instant from = order.day().map(BaselineTrials::begin).orElse(LONG_AGO);
        Instant before = order.day().map(day -> begin(day.plusDays(1))).orElse(FAR_AHEAD);
        return scans.newestOfEach(from, before, order.behind(), order.limit()).stream()
                .map(scan -> trial(order, scan))
                .toList();
    }

    private ServerTrial trial(TrialOrder order, StoredScan stored) {
        ScanResult scan = stored.record().scan();
        Instant at = order.at().orElseGet(() -> order.day().isPresent() ? scan.takenAt() : clock.instant());
        try {
            Trial trial = Trial.of(order.baseline(), stored.record(), at);
            Optional<Difference> difference = Optional.empty();
            if (order.comparedWith().isPresent()) {
                difference = Optional.of(difference(trial, order.comparedWith().get(), stored.record(), at));
            }
            return new ServerTrial(
                    stored.server(),
                    scan.takenAt(),
                    Optional.empty(),
                    trial.wouldInstall(),
                    trial.waiting(),
                    difference);
        } catch (TrialException e) {
            return new ServerTrial(
                    stored.server(),
                    scan.takenAt(),
                    Optional.of(e.getMessage()),
                    List.of(),
                    List.of(),
                    Optional.empty());
        }
    }

    private static Difference difference(Trial trial, PatchBaseline other, ScanRecord scan, Instant at)
            throws TrialException {
        List<PatchDecision> now = trial.wouldInstall();
        List<PatchDecision> then = Trial.of(other, scan, at).wouldInstall();
        Map<PackageKey, PackageVersion> versionsNow = versions(now);
        Map<PackageKey, PackageVersion> versionsThen = versions(then);
        return new Difference(
                now.stream()
                        .filter(one -> !versionsThen.containsKey(one.patch().key()))
                        .toList(),
                then.stream()
                        .filter(one -> !versionsNow.containsKey(one.patch().key()))
                        .toList(),
                now.stream().filter(one -> differs(one, versionsThen)).toList());
    }

    private static boolean differs(PatchDecision decision, Map<PackageKey, PackageVersion> others) {
        PackageVersion other = others.get(decision.patch().key());
        return other != null && !other.equals(decision.patch().version());
    }

    private static Map<PackageKey, PackageVersion> versions(List<PatchDecision> decisions) {
        return decisions.stream()
                .collect(Collectors.toMap(
                        decision -> decision.patch().key(),
                        decision -> decision.patch().version(),
                        (one, same) -> one));
    }

    private static Instant begin(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
