package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchway.faults.Survives;
import io.patchway.rollout.Rollout;
import io.patchway.run.ExecutionNumber;
import io.patchway.run.History;
import io.patchway.run.HookOccasion;
import io.patchway.run.Operation;
import io.patchway.run.PatchOverride;
import io.patchway.run.PatchOverride.InstallList;
import io.patchway.run.PatchOverride.ListedPatch;
import io.patchway.run.PatchRequest;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestId;
import io.patchway.run.RequestReport;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunLedger.Acceptance;
import io.patchway.run.RunLedger.QueuedRun;
import io.patchway.run.RunState;
import io.patchway.run.SpecialOrders;
import io.patchway.server.ServerId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the run ledger promises to whoever makes a request, on every database. */
abstract class AcceptanceContract extends LedgerContract {
    @Test
    void anAcceptedRequestHasOneQueuedRunForEachServerInOrder() {
        PatchRequest request = Samples.request("web-02", "web-01", "db-01");

        Acceptance acceptance = ledger.accept(request, Optional.empty());

        assertThat(acceptance.request()).isEqualTo(request.id());
        assertThat(acceptance.duplicate()).isFalse();
        assertThat(acceptance.runs())
                .extracting(run -> run.server().value())
                .containsExactly("web-02", "web-01", "db-01");
        RequestReport report = ledger.report(request.id()).orElseThrow();
        assertThat(report.request()).isEqualTo(request);
        assertThat(report.endedAt()).isEmpty();
        assertThat(report.runs()).extracting(RunReport::state).containsOnly(RunState.QUEUED);
    }

    @Test
    void everyRunHasANumberOfItsOwnThatGrowsAndFindsIt() {
        History history = new SqlHistory(database);
        List<QueuedRun> earlier = ledger.accept(Samples.request("web-01", "web-02"), Optional.of("print"))
                .runs();
        Acceptance later = ledger.accept(Samples.request("web-01"), Optional.empty());
        QueuedRun last = later.runs().getFirst();

        assertThat(Stream.concat(earlier.stream(), later.runs().stream()).map(QueuedRun::number))
                .isSorted()
                .doesNotHaveDuplicates()
                .allMatch(number -> number.value() > 100_000);
        assertThat(ledger.findByFingerprint("print").orElseThrow().runs()).isEqualTo(earlier);
        assertThat(ledger.report(later.request())
                        .orElseThrow()
                        .runs()
                        .getFirst()
                        .number())
                .isEqualTo(last.number());
        History.ServerHistory found = history.run(last.number()).orElseThrow();
        assertThat(found.request()).isEqualTo(later.request());
        assertThat(found.run().id()).isEqualTo(last.run());
        assertThat(history.run(new ExecutionNumber(1))).isEmpty();
        assertThat(history.installs(new ServerId("web-01"), Optional.empty(), 10)
                        .entries())
                .extracting(each -> each.run().number())
                .containsExactly(last.number(), earlier.getFirst().number());
        assertThat(history.installs(new ServerId("web-01"), Optional.empty(), 1).entries())
                .containsExactly(found);
    }

    @Test
    void aRequestWithNothingOptionalComesBackAsItWas() {
        PatchRequest request = new PatchRequest(
                RequestId.next(),
                Operation.SCAN,
                RebootOption.NEVER,
                1,
                "api",
                "ops",
                List.of(new ServerId("web-01")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Rollout.ALL_AT_ONCE,
                NOON);

        ledger.accept(request, Optional.empty());

        assertThat(ledger.report(request.id()).orElseThrow().request()).isEqualTo(request);
    }

    @Test
    void whatOnlyACommandCanSayComesBackAsItWas() {
        PatchOverride list = new InstallList("https://files/list", List.of(new ListedPatch("curl.*", "*")));
        Map<HookOccasion, String> hooks = Map.of(HookOccasion.PRE_INSTALL, "drain", HookOccasion.ON_EXIT, "rejoin");

        assertThat(kept(new SpecialOrders(Optional.of(list), Optional.of("{}"), hooks)))
                .isEqualTo(new SpecialOrders(Optional.of(list), Optional.of("{}"), hooks));
        assertThat(kept(new SpecialOrders(Optional.empty(), Optional.empty(), hooks)))
                .isEqualTo(new SpecialOrders(Optional.empty(), Optional.empty(), hooks));
        assertThat(kept(SpecialOrders.NONE.orMaintenance(true)))
                .isEqualTo(new SpecialOrders(Optional.empty(), Optional.empty(), Map.of(), true));
    }

    private SpecialOrders kept(SpecialOrders special) {
        PatchRequest request = new PatchRequest(
                RequestId.next(),
                Operation.INSTALL,
                RebootOption.NEVER,
                1,
                "api",
                "ops",
                List.of(new ServerId("web-01")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Rollout.ALL_AT_ONCE,
                special,
                NOON);
        ledger.accept(request, Optional.empty());
        return ledger.report(request.id()).orElseThrow().request().special();
    }

    @Test
    void aRequestWithoutServersIsRefused() {
        assertThatThrownBy(() -> ledger.accept(Samples.request(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one server");
    }

    @Test
    void aRequestThatNamesAServerTwiceLeavesNothingBehind() {
        PatchRequest request = Samples.request("web-01", "web-01");

        assertThatThrownBy(() -> ledger.accept(request, Optional.empty())).isNotNull();

        assertThat(ledger.report(request.id())).isEmpty();
        assertThat(outbox.claimDue(10, LEASE, NOON)).isEmpty();
    }

    @Test
    void theSameFingerprintTwiceIsOneRequest() {
        Acceptance first = ledger.accept(Samples.request("web-01", "web-02"), Optional.of("sha256:abc"));
        Acceptance second = ledger.accept(Samples.request("web-01", "web-02"), Optional.of("sha256:abc"));

        assertThat(second).isEqualTo(new Acceptance(first.request(), first.runs(), true));
        assertThat(ledger.findByFingerprint("sha256:abc")).contains(second);
        assertThat(ledger.findByFingerprint("sha256:def")).isEmpty();
        assertThat(ledger.newest(10)).hasSize(1);
        assertThat(outbox.claimDue(10, LEASE, NOON)).hasSize(1);
    }

    @Test
    void manySendersOfOneFingerprintGetOneRequest() throws Exception {
        List<Acceptance> acceptances =
                atOnce(8, node -> ledger.accept(Samples.request("web-01"), Optional.of("sha256:race")));

        assertThat(acceptances)
                .extracting(Acceptance::request)
                .containsOnly(acceptances.get(0).request());
        assertThat(acceptances)
                .filteredOn(acceptance -> !acceptance.duplicate())
                .hasSize(1);
        assertThat(ledger.newest(10)).hasSize(1);
    }

    @Test
    @Survives(18)
    void tenThousandServersAreAcceptedAtOnce() {
        PatchRequest request = Samples.request(names(10_000));

        Acceptance acceptance = ledger.accept(request, Optional.of("sha256:large"));

        assertThat(acceptance.runs()).hasSize(10_000);
        assertThat(ledger.report(request.id()).orElseThrow().runs()).hasSize(10_000);
    }
}
