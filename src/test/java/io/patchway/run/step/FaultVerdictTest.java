package io.patchway.run.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.faults.Survives;
import io.patchway.rollout.Rollout;
import io.patchway.run.Clearance;
import io.patchway.run.Operation;
import io.patchway.run.PatchRequest;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestId;
import io.patchway.run.RunId;
import io.patchway.run.RunMemory;
import io.patchway.run.RunPolicy;
import io.patchway.run.RunState;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerFault.Kind;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.server.ServerId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultVerdictTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final ServerId WEB = new ServerId("web01");

    private final FaultVerdict verdict = new FaultVerdict(RunPolicy.standard(), Clock.fixed(NOON, ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource({
        "PRECHECK, UNREACHABLE, FAILED",
        "PRECHECK, LOCKED, DEFERRED",
        "SCANNING, METADATA, FAILED",
        "INSTALLING, UNREACHABLE, UNKNOWN",
        "INSTALLING, HOST_KEY_CHANGED, UNKNOWN",
        "REBOOTING, CONFIGURATION, UNKNOWN",
        "WAITING_FOR_RETURN, HOST_KEY_CHANGED, FAILED",
        "VERIFYING, UNREACHABLE, UNKNOWN",
        "VERIFYING, METADATA, FAILED"
    })
    @Survives(1)
    void whatIsUnderWayAndCannotBeSeenIsUnknownAndTheRestFailed(RunState state, Kind kind, RunState expected) {
        assertThat(judge(state, kind, 5, NOON.minusSeconds(1)).next()).isEqualTo(expected);
    }

    @Test
    void troubleThatMayPassIsLookedAtAgainUntilTheDeadline() {
        assertThat(judge(RunState.PRECHECK, Kind.UNREACHABLE, 5, NOON.plusSeconds(1))
                        .next())
                .isEqualTo(RunState.PRECHECK);
    }

    @Test
    void aDeadlineThatPassedWhileNobodyLookedStillLeavesAFewLooks() {
        assertThat(judge(RunState.PRECHECK, Kind.UNREACHABLE, 0, NOON.minusSeconds(600))
                        .next())
                .isEqualTo(RunState.PRECHECK);
    }

    @Test
    @Survives({10, 12})
    void aServerIsLookedForAMomentLongerWhenTheClockJumpedOverItsDeadlineOrNobodyLooked() {
        Transition jumped = look(NOON.minusSeconds(3600));
        Transition late = look(NOON.minusSeconds(31));

        assertThat(jumped.next()).isEqualTo(RunState.WAITING_FOR_RETURN);
        assertThat(jumped.deadline()).contains(NOON.plusSeconds(180));
        assertThat(late.next()).isEqualTo(RunState.FAILED);
        assertThat(late.deadline()).contains(NOON.plus(Duration.ofDays(1)));
    }

    private Transition look(Instant deadline) {
        ServerRun run = run(RunState.WAITING_FOR_RETURN, deadline, RunMemory.fresh());
        return verdict.unlessOverdue(run, Transition.again(run, run.memory(), NOON, Duration.ofSeconds(2)));
    }

    @Test
    void aRepositoryThatIsDownEndsAScanSoonButNotAVerification() {
        assertThat(judge(RunState.SCANNING, Kind.METADATA, 2, NOON.plusSeconds(600))
                        .next())
                .isEqualTo(RunState.FAILED);
        assertThat(judge(RunState.VERIFYING, Kind.METADATA, 2, NOON.plusSeconds(600))
                        .next())
                .isEqualTo(RunState.VERIFYING);
    }

    @Test
    @Survives(20)
    void aChangedHostKeyIsNeverTriedAgain() {
        assertThat(judge(RunState.SCANNING, Kind.HOST_KEY_CHANGED, 0, NOON.plusSeconds(600))
                        .next())
                .isEqualTo(RunState.FAILED);
    }

    private Transition judge(RunState state, Kind kind, int earlierAttempts, Instant deadline) {
        RunMemory memory = RunMemory.fresh();
        for (int i = 0; i < earlierAttempts; i++) {
            memory = memory.failedAttempt("before");
        }
        return verdict.of(run(state, deadline, memory), new ServerFault(kind, "trouble"));
    }

    private static ServerRun run(RunState state, Instant deadline, RunMemory memory) {
        return new ServerRun(
                RunId.next(), request(), WEB, state, 1, 1, NOON, Optional.of(deadline), memory, Clearance.CLEARED);
    }

    private static PatchRequest request() {
        return new PatchRequest(
                RequestId.next(),
                Operation.INSTALL,
                RebootOption.IF_NEEDED,
                PatchRequest.DEFAULT_MAX_ROUNDS,
                "test",
                "tester",
                List.of(WEB),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Rollout.ALL_AT_ONCE,
                NOON);
    }
}
