package io.patchway.run;

import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.Optional;

/**
 * Where one server run stands, for whoever asks again and again.
 *
 * @param round rounds begun
 * @param mostRounds after so many rounds it gives up
 * @param reboots proven reboots
 * @param waitsForRollout whether its turn in the rollout has not come
 * @param resumed whether it was taken up again, in the state that it is in, after its node had stopped
 * @param requester who asked for it
 * @param startedAt when the work on the server began; empty: it has not
 * @param endedAt empty while the run is going on
 * @param lastError the last trouble, for people; empty when there was none
 * @param lastNote the newest line of its time line
 */
public record ExecutionStanding(
        ExecutionNumber number,
        RunId run,
        RequestId request,
        ServerId server,
        Operation operation,
        RunState state,
        int round,
        int mostRounds,
        int reboots,
        boolean waitsForRollout,
        boolean resumed,
        String requester,
        Instant requestedAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<String> lastError,
        Optional<String> lastNote) {}
