package io.patchway.scan;

import io.patchway.patch.InstalledPackage;
import io.patchway.patch.Patch;
import io.patchway.server.PatchFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a scan found on a server, before any baseline has looked at it.
 *
 * @param takenAt when the answer arrived
 * @param installed every installed package; of several installed versions of one package (kernels) all are listed
 * @param available every offered update, oldest version first within a package
 * @param held names of packages that the host itself holds back (versionlock, exclude, apt-mark hold, zypper locks)
 * @param rebootVotes what each reboot detector said
 * @param metadataAge age of the oldest repository metadata in use; empty when the host could not tell
 */
public record ScanResult(
        Instant takenAt,
        PatchFamily family,
        HostFacts host,
        List<InstalledPackage> installed,
        List<Patch> available,
        Set<String> held,
        List<RebootVote> rebootVotes,
        Optional<Duration> metadataAge) {

    public ScanResult {
        installed = List.copyOf(installed);
        available = List.copyOf(available);
        held = Set.copyOf(held);
        rebootVotes = List.copyOf(rebootVotes);
    }

    /**
     * Whether the host needs a reboot: one decisive vote is enough; the others are heard when no decisive one spoke.
     */
    public boolean rebootNeeded() {
        boolean decided =
                rebootVotes.stream().anyMatch(vote -> vote.decisive() && vote.answer() != RebootVote.Answer.ABSTAINED);
        return rebootVotes.stream()
                .filter(vote -> vote.decisive() || !decided)
                .anyMatch(vote -> vote.answer() == RebootVote.Answer.NEEDED);
    }
}
