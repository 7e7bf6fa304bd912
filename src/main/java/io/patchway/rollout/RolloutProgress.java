package io.patchway.rollout;

/**
 * How far the servers of a request are.
 *
 * @param total all of them
 * @param waiting of the current stage: not let go yet
 * @param inFlight let go and not ended, of all stages
 * @param failed ended without being patched and verified, of all stages; being deferred or cancelled is no failure
 * @param stageFailed those of the current stage
 * @param stageWell of the current stage: ended well
 * @param later of later stages: not let go yet
 */
public record RolloutProgress(
        int total, int waiting, int inFlight, int failed, int stageFailed, int stageWell, int later) {}
