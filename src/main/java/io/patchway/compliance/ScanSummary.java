package io.patchway.compliance;

import io.patchway.baseline.BaselineVersion;
import io.patchway.baseline.ComplianceSummary;
import io.patchway.run.Operation;
import io.patchway.run.RebootOption;
import io.patchway.run.RunId;
import io.patchway.scan.HostFacts;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One scan in figures.
 *
 * @param scan number of the scan; later scans have greater ones
 * @param run the run that made it; empty once retention has removed the run
 * @param startedAt when the work on the server began
 * @param takenAt when the scan was made
 * @param baseline name of the baseline that decided
 * @param version the stored baseline that decided; empty for one that is stored nowhere
 * @param installList where the list came from that took the place of the baseline
 * @param otherBaseline whether a baseline of the request took the place of the server's own
 * @param host what the scan learnt about the host itself
 * @param lastUnrebooted when patches were last installed under orders not to reboot
 */
public record ScanSummary(
        long scan,
        ServerId server,
        Optional<RunId> run,
        Instant startedAt,
        Instant takenAt,
        Operation operation,
        RebootOption rebootOption,
        Optional<UUID> snapshot,
        String baseline,
        Optional<BaselineVersion> version,
        Optional<String> patchGroup,
        Optional<String> installList,
        boolean otherBaseline,
        ComplianceSummary counts,
        HostFacts host,
        Optional<Instant> lastUnrebooted) {}
