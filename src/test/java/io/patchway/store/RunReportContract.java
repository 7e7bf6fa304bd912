package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.faults.Survives;
import io.patchway.run.PatchChange.Outcome;
import io.patchway.run.PatchRequest;
import io.patchway.run.RequestId;
import io.patchway.run.RequestReport;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunNote;
import io.patchway.run.RunState;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the run ledger tells of runs and requests, on every database. */
abstract class RunReportContract extends LedgerContract {
    @Test
    void aReportTellsEverythingThatWasRecorded() {
        ServerRun run = accepted("web-01");
        ledger.commit(
                claimOf(run),
                Transition.to(RunState.PRECHECK, run, run.memory(), NOON, "starting"),
                NOON.plusSeconds(1));
        ServerRun atWork = claimOne(NOON.plusSeconds(1));
        ledger.commit(
                claimOf(atWork),
                Transition.to(RunState.NO_PROGRESS, atWork, Samples.memory(), NOON, "stuck: ünï ✓")
                        .inRound(3)
                        .recording(List.of(
                                Samples.change(2, Outcome.FAILED, "scriptlet failed"),
                                Samples.change(1, Outcome.INSTALLED, ""))),
                NOON.plusSeconds(2));

        RequestReport report = ledger.report(run.request().id()).orElseThrow();

        assertThat(report.succeeded()).isFalse();
        assertThat(report.endedAt()).contains(NOON.plusSeconds(2));
        assertThat(report.runs())
                .containsExactly(new RunReport(
                        run.id(),
                        report.runs().getFirst().number(),
                        run.server(),
                        RunState.NO_PROGRESS,
                        3,
                        2,
                        Optional.of(NOON.plusSeconds(1)),
                        Optional.of(NOON.plusSeconds(2)),
                        Optional.of("dnf said \"no\""),
                        List.of(
                                Samples.change(1, Outcome.INSTALLED, ""),
                                Samples.change(2, Outcome.FAILED, "scriptlet failed")),
                        List.of(
                                new RunNote(NOON.plusSeconds(1), RunState.PRECHECK, 0, "starting"),
                                new RunNote(NOON.plusSeconds(2), RunState.NO_PROGRESS, 3, "stuck: ünï ✓"))));
        assertThat(ledger.report(RequestId.next())).isEmpty();
    }

    @Test
    void aLaterWordAboutTheSamePatchReplacesTheEarlierOne() {
        ServerRun run = accepted("web-01");
        Transition step = Transition.again(run, run.memory(), NOON, Duration.ZERO);
        ledger.commit(
                claimOf(run),
                step.recording(List.of(
                        Samples.change(1, Outcome.MISSING, "first"), Samples.change(1, Outcome.MISSING, "second"))),
                NOON);
        ServerRun next = claimOne(NOON);
        ledger.commit(claimOf(next), step.recording(List.of(Samples.change(1, Outcome.INSTALLED, "third"))), NOON);

        assertThat(ledger.report(run.request().id()).orElseThrow().runs().get(0).changes())
                .containsExactly(Samples.change(1, Outcome.INSTALLED, "third"));
    }

    @Test
    void aShortReportDescribesTheRunsThatDidNotSucceedFirst() {
        PatchRequest request = Samples.request("web-01", "web-02", "web-03");
        ledger.accept(request, Optional.empty());
        List<ServerRun> runs = claimAllRuns();
        end(runs.get(0), RunState.SUCCEEDED);
        end(runs.get(1), RunState.SUCCEEDED);
        end(runs.get(2), RunState.FAILED);

        RequestReport report = ledger.report(request.id(), 1).orElseThrow();

        assertThat(report.runs()).hasSize(3);
        assertThat(report.runs())
                .filteredOn(run -> !run.notes().isEmpty())
                .extracting(RunReport::state)
                .containsExactly(RunState.FAILED);
    }

    @Test
    @Survives(14)
    void whatEarlierRunsTookIsToldForThoseThatInstalledSomethingAndWereNotBrokenOff() {
        take("web-01", RunState.PARTIAL, Outcome.INSTALLED, 40);
        take("web-01", RunState.SUCCEEDED, Outcome.INSTALLED, 30);
        take("web-01", RunState.SUCCEEDED, Outcome.SKIPPED, 1);
        take("web-01", RunState.DEFERRED, Outcome.INSTALLED, 5);
        take("web-02", RunState.SUCCEEDED, Outcome.INSTALLED, 7);

        assertThat(ledger.installTimes(new ServerId("web-01"), 20))
                .containsExactly(Duration.ofMinutes(30), Duration.ofMinutes(40));
        assertThat(ledger.installTimes(new ServerId("web-01"), 1)).containsExactly(Duration.ofMinutes(30));
    }

    private void take(String server, RunState state, Outcome outcome, long minutes) {
        ServerRun run = accepted(server);
        ledger.commit(claimOf(run), Transition.to(RunState.PRECHECK, run, run.memory(), NOON, "started"), NOON);
        ServerRun atWork = claimOne(NOON);
        ledger.commit(
                claimOf(atWork),
                Transition.to(state, atWork, atWork.memory(), NOON, "ended")
                        .recording(List.of(Samples.change(1, outcome, ""))),
                NOON.plus(Duration.ofMinutes(minutes)));
    }

    @Test
    @Survives(18)
    void runsThatHaveNotEndedAreCounted() {
        ledger.accept(Samples.request("web-01", "web-02"), Optional.empty());
        end(accepted("web-03"), RunState.FAILED);

        assertThat(ledger.openRuns()).isEqualTo(2);
    }

    @Test
    void theNewestRequestsComeFirst() {
        List<RequestId> ids = IntStream.range(0, 3)
                .mapToObj(i -> ledger.accept(Samples.request("web-01"), Optional.empty())
                        .request())
                .toList();

        assertThat(ledger.newest(2))
                .extracting(report -> report.request().id())
                .containsExactly(ids.get(2), ids.get(1));
    }
}
