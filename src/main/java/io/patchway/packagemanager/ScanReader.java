package io.patchway.packagemanager;

import io.patchway.patch.InstalledPackage;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import io.patchway.patch.VersionScheme;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes a scan result of the records that {@code scan.sh} prints. */
final class ScanReader {
    private final FactRecords facts = new FactRecords();
    private final List<InstalledPackage> installed = new ArrayList<>();
    private final OfferedVersions offered = new OfferedVersions();
    private final AdvisoryReader advisories = new AdvisoryReader();
    private final List<String> holds = new ArrayList<>();
    private final List<RebootVote> votes = new ArrayList<>();
    private Optional<Duration> metadataAge = Optional.empty();
    private PatchFamily family = PatchFamily.YUM;

    /** @throws ServerFault when a record is not understood or a fact is missing */
    static ScanResult read(ScriptAnswer answer, Instant takenAt) {
        return read(answer, reader -> reader.result(takenAt));
    }

    /**
     * What an answer tells about the host alone.
     *
     * @throws ServerFault when a record is not understood or a fact is missing
     */
    static HostFacts hostFacts(ScriptAnswer answer) {
        return read(answer, reader -> reader.facts.hostFacts());
    }

    private static <T> T read(ScriptAnswer answer, Function<ScanReader, T> result) {
        ScanReader reader = new ScanReader();
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
            case "family" -> family = family(answer.expect(1).field(0));
            case "fact" -> facts.accept(answer);
            case "installed" -> installed.add(installedPackage(answer.expect(4)));
            case "available" -> offered.add(answer.expect(9), scheme());
            case "hold" -> holds.add(answer.expect(1).field(0));
            case "advisory", "cve", "bugzilla", "package" -> advisories.accept(answer, scheme());
            case "vote" -> votes.add(vote(answer.expect(4)));
            case "metadata-age" ->
                metadataAge = Optional.of(seconds(answer.expect(1).field(0)));
            default ->
                throw new IllegalArgumentException("'" + PlainText.line(answer.kind(), 40) + "' is no kind of record");
        }
    }

    private ScanResult result(Instant takenAt) {
        if (installed.isEmpty()) {
            throw new IllegalArgumentException("no host is without packages; its package database could not be read");
        }
        List<Patch> available = offered.newerThan(installed, advisories.all());
        return new ScanResult(takenAt, family, facts.hostFacts(), installed, available, held(), votes, metadataAge);
    }

    /** Holds are patterns; what they mean are the installed packages that they name. */
    private Set<String> held() {
        List<NamePattern> patterns = holds.stream().map(NamePattern::new).toList();
        return installed.stream()
                .map(one -> one.key().name())
                .filter(name -> patterns.stream().anyMatch(pattern -> pattern.matches(name)))
                .collect(Collectors.toSet());
    }

    private InstalledPackage installedPackage(AnswerRecord answer) {
        return new InstalledPackage(
                new PackageKey(answer.field(0), answer.field(2)),
                new PackageVersion(scheme(), answer.field(1)),
                VendorTime.parse(answer.field(3)));
    }

    private VersionScheme scheme() {
        return family == PatchFamily.APT ? VersionScheme.DEB : VersionScheme.RPM;
    }

    private static PatchFamily family(String manager) {
        return switch (manager) {
            case "dnf" -> PatchFamily.YUM;
            case "apt" -> PatchFamily.APT;
            case "zypper" -> PatchFamily.ZYPPER;
            default -> throw new IllegalArgumentException("'" + manager + "' is no package manager");
        };
    }

    static RebootVote vote(AnswerRecord answer) {
        RebootVote.Answer said = switch (answer.field(2)) {
            case "needed" -> RebootVote.Answer.NEEDED;
            case "not-needed" -> RebootVote.Answer.NOT_NEEDED;
            case "abstained" -> RebootVote.Answer.ABSTAINED;
            default -> throw new IllegalArgumentException("'" + answer.field(2) + "' is no vote");
        };
        return new RebootVote(answer.field(0), answer.field(1).equals("1"), said, PlainText.line(answer.field(3), 300));
    }

    static Duration seconds(String text) {
        return VendorTime.parse(text)
                .map(instant -> Duration.ofSeconds(instant.getEpochSecond()))
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no number of seconds"));
    }
}
