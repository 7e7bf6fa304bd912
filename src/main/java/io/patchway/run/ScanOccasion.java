package io.patchway.run;

import java.util.Optional;
import java.util.UUID;

/**
 * What a scan was made for.
 *
 * @param snapshot the approved set that the request shares with others
 * @param patchGroup the server's group at that time
 * @param installList where the list came from that took the place of the baseline; empty: the baseline decided
 * @param otherBaseline whether a baseline of the request took the place of the server's own; such a scan says nothing
 *     of the server's compliance
 * @param standing what to remember of the server until its next run
 */
public record ScanOccasion(
        Operation operation,
        RebootOption rebootOption,
        Optional<UUID> snapshot,
        Optional<String> patchGroup,
        Optional<String> installList,
        boolean otherBaseline,
        ServerStanding standing) {}
