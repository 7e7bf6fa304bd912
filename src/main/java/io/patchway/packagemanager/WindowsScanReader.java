package io.patchway.packagemanager;

import io.patchway.patch.InstalledPackage;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerFault.Kind;
import io.patchway.scan.HostFacts;
import io.patchway.scan.RebootVote;
import io.patchway.scan.ScanResult;
import io.patchway.server.PatchFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Makes a scan result of the records that {@code windows-scan.ps1} prints. What is patched is a KB article: it is
 * missing as long as the agent offers one of its updates, and there once none is offered any more.
 */
final class WindowsScanReader {
    private final FactRecords facts = new FactRecords();
    private final Map<PackageKey, List<UpdateRecords>> offered = new TreeMap<>();
    private final List<UpdateRecords> updates = new ArrayList<>();
    private final Map<PackageKey, InstalledPackage> installed = new TreeMap<>();
    private final List<AnswerRecord> hotfixes = new ArrayList<>();
    private final List<RebootVote> votes = new ArrayList<>();
    private Optional<Duration> metadataAge = Optional.empty();

    /** @throws ServerFault when a record is not understood or a fact is missing */
    static ScanResult read(ScriptAnswer answer, Instant takenAt) {
        return read(answer, reader -> reader.result(takenAt));
    }

    /** @throws ServerFault when a record is not understood or a fact is missing */
    static HostFacts hostFacts(ScriptAnswer answer) {
        return read(answer, reader -> reader.facts.hostFacts());
    }

    private static <T> T read(ScriptAnswer answer, Function<WindowsScanReader, T> result) {
        WindowsScanReader reader = new WindowsScanReader();
        answer.forEach(reader::accept);
        try {
            return result.apply(reader);
        } catch (IllegalArgumentException e) {
            throw new ServerFault(
                    Kind.BAD_ANSWER,
                    "%s: its scan is not understood: %s"
                            .formatted(answer.server().id(), e.getMessage()),
                    e);
        }
    }

    private void accept(AnswerRecord answer) {
        switch (answer.kind()) {
            case "fact" -> facts.accept(answer);
            case "update" -> updates.add(new UpdateRecords(answer));
            case "kb", "bulletin", "cve" -> {
                if (updates.isEmpty()) {
                    throw new IllegalArgumentException("'" + answer.kind() + "' stands before any update");
                }
                updates.getLast().accept(answer);
            }
            case "hotfix" -> hotfixes.add(answer.expect(2));
            case "vote" -> votes.add(ScanReader.vote(answer.expect(4)));
            case "metadata-age" ->
                metadataAge = Optional.of(ScanReader.seconds(answer.expect(1).field(0)));
            default ->
                throw new IllegalArgumentException("'" + PlainText.line(answer.kind(), 40) + "' is no kind of record");
        }
    }

    private ScanResult result(Instant takenAt) {
        for (UpdateRecords update : updates) {
            if (update.isOffered()) {
                offered.computeIfAbsent(update.key(), first -> new ArrayList<>())
                        .add(update);
            } else {
                note(update.installed());
            }
        }
        hotfixes.forEach(hotfix -> note(new InstalledPackage(
                UpdateRecords.key(hotfix.field(0)),
                PackageVersion.windows(
                        hotfix.field(1).isBlank() ? "0" : hotfix.field(1).replace('-', '.')),
                VendorTime.parse(hotfix.field(1)))));
        List<Patch> available = offered.values().stream().map(this::patch).toList();
        return new ScanResult(
                takenAt,
                PatchFamily.WINDOWS,
                facts.hostFacts(),
                List.copyOf(installed.values()),
                available,
                Set.of(),
                votes,
                metadataAge);
    }

    /** The agent knows an update better than the list of hotfixes, which comes after it. */
    private void note(InstalledPackage update) {
        installed.merge(
                update.key(),
                update,
                (known, other) -> other.installedAt().isPresent()
                        ? new InstalledPackage(known.key(), known.version(), other.installedAt())
                        : other.version().newerThan(known.version()) ? other : known);
    }

    /** What is there of the same article is an earlier edition of it, or not all that belongs to it. */
    private Patch patch(List<UpdateRecords> updatesOfArticle) {
        UpdateRecords newest = updatesOfArticle.stream()
                .reduce((one, other) -> other.version().newerThan(one.version()) ? other : one)
                .orElseThrow();
        Optional<PackageVersion> before = Optional.ofNullable(installed.get(newest.key()))
                .map(InstalledPackage::version)
                .filter(newest.version()::newerThan);
        if (before.isEmpty()) {
            installed.remove(newest.key());
        }
        return newest.patch(
                before,
                updatesOfArticle.stream().filter(update -> update != newest).toList());
    }
}
