package io.patchway.explain;

import io.patchway.baseline.PatchBaseline;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What somebody wants to try.
 *
 * @param comparedWith another baseline, or another version of the same one, to tell the difference to
 * @param day the UTC day whose scans are used, the last of each server; empty: the newest scan of each server
 * @param at from when approval delays count; empty: now, and with a day the time of each scan
 * @param behind only servers that come after this one; empty: from the first
 * @param limit servers in one answer
 */
public record TrialOrder(
        PatchBaseline baseline,
        Optional<PatchBaseline> comparedWith,
        Optional<LocalDate> day,
        Optional<Instant> at,
        Optional<ServerId> behind,
        int limit) {}
