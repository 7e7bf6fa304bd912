package io.patchway.run.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.faults.Survives;
import io.patchway.rollout.Rollout;
import io.patchway.run.Clearance;
import io.patchway.run.InMemoryRunLedger;
import io.patchway.run.Operation;
import io.patchway.run.PatchRequest;
import io.patchway.run.PatchRequest.WindowSpan;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestId;
import io.patchway.run.RunId;
import io.patchway.run.RunMemory;
import io.patchway.run.RunPolicy;
import io.patchway.run.RunState;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.server.ServerId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FitsWindowTest {
    private static final Instant OPENS = Instant.parse("2026-03-01T01:00:00Z");
    private static final ServerId WEB = new ServerId("web01");

    private static final RunId RUN = RunId.next();

    private final InMemoryRunLedger ledger = new InMemoryRunLedger();

    @Test
    @Survives(14)
    void aRunThatWouldNotFitIsDeferredWithTheEstimateAndTheTimeThatIsLeft() {
        ledger.hasTaken(
                WEB, Stream.concat(Stream.of(minutes(600)), times(19, 40)).toList());

        Transition decided = start(Operation.INSTALL, OPENS.plus(minutes(35)));

        assertThat(decided.next()).isEqualTo(RunState.DEFERRED);
        assertThat(decided.note())
                .contains("not started: needs about 40 min (19 of 20 earlier runs took no longer), 25 min are left");
    }

    @Test
    void aRunThatFitsStarts() {
        ledger.hasTaken(WEB, times(20, 40).toList());

        assertThat(start(Operation.INSTALL, OPENS.plus(minutes(20))).next()).isEqualTo(RunState.PRECHECK);
    }

    @Test
    void tooFewEarlierRunsTellNothingAndAScanAlwaysFits() {
        ledger.hasTaken(WEB, times(2, 600).toList());
        assertThat(start(Operation.INSTALL, OPENS.plus(minutes(35))).next()).isEqualTo(RunState.PRECHECK);

        ledger.hasTaken(WEB, times(3, 600).toList());
        assertThat(start(Operation.SCAN, OPENS.plus(minutes(35))).next()).isEqualTo(RunState.PRECHECK);
    }

    @Test
    @Survives(14)
    void aServerForWhichEvenTheWholeWindowIsTooShortStartsInItsFirstHalfAndSaysSo() {
        ledger.hasTaken(WEB, times(3, 90).toList());

        Transition early = start(Operation.INSTALL, OPENS.plus(minutes(30)));
        Transition late = start(Operation.INSTALL, OPENS.plus(minutes(31)));

        assertThat(early.next()).isEqualTo(RunState.PRECHECK);
        assertThat(early.note())
                .contains("started: needs about 90 min (3 of 3 earlier runs took no longer); window nightly of 60 min"
                        + " is too short for it, what is left goes on in the next opening");
        assertThat(late.next()).isEqualTo(RunState.DEFERRED);
        assertThat(late.note().orElseThrow()).endsWith("so it starts only in the first half of an opening");
    }

    private Transition start(Operation operation, Instant now) {
        WindowSpan window = new WindowSpan("nightly", OPENS, OPENS.plus(minutes(50)), OPENS.plus(minutes(60)));
        PatchRequest request = new PatchRequest(
                RequestId.next(),
                operation,
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
                Optional.of(window),
                Rollout.ALL_AT_ONCE,
                OPENS);
        ServerRun run = new ServerRun(
                RUN,
                request,
                WEB,
                RunState.QUEUED,
                0,
                1,
                OPENS,
                Optional.empty(),
                RunMemory.fresh(),
                Clearance.CLEARED);
        return new StartRun(ledger, RunPolicy.standard(), Clock.fixed(now, ZoneOffset.UTC)).take(run);
    }

    private static Stream<Duration> times(int count, int minutes) {
        return IntStream.range(0, count).mapToObj(i -> minutes(minutes));
    }

    private static Duration minutes(int minutes) {
        return Duration.ofMinutes(minutes);
    }
}
