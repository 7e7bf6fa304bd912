package io.patchway.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.SettableClock;
import io.patchway.baseline.BaselineBuilder;
import io.patchway.baseline.FilterKey;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.PatchBuilder;
import io.patchway.baseline.PatchDecision;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BaselineTrialsTest {
    private static final PatchBaseline SECURITY = BaselineBuilder.forRedHat()
            .rule(BaselineBuilder.filter(FilterKey.CLASSIFICATION, "Security"))
            .build();
    private static final PatchBaseline BUGFIX = BaselineBuilder.forRedHat()
            .rule(BaselineBuilder.filter(FilterKey.CLASSIFICATION, "Bugfix"))
            .build();

    private final KeptScans kept = new KeptScans();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T12:00:00Z"));
    private final BaselineTrials trials = new BaselineTrials(kept, clock);

    @Test
    void tellsWhatWouldBeInstalledAndWhichRuleSaysSo() {
        keep(host("web-01"));

        ServerTrial trial = run(order(SECURITY)).getFirst();

        assertThat(trial.wouldInstall()).singleElement().satisfies(decision -> {
            assertThat(decision.patch().key().name()).isEqualTo("openssl");
            assertThat(decision.reason().decider()).isEqualTo("ApprovalRules[0]");
        });
        assertThat(trial.difference()).isEmpty();
    }

    @Test
    void tellsWhatChangesComparedWithAnotherBaseline() {
        keep(host("web-01"));

        ServerTrial.Difference difference = run(new TrialOrder(
                        SECURITY, Optional.of(BUGFIX), Optional.empty(), Optional.empty(), Optional.empty(), 10))
                .getFirst()
                .difference()
                .orElseThrow();

        assertThat(names(difference.gained())).containsExactly("openssl");
        assertThat(names(difference.lost())).containsExactly("bash");
        assertThat(difference.changed()).isEmpty();
    }

    @Test
    void tellsAVersionThatWouldBeAnother() {
        PatchBuilder older = PatchBuilder.rpm("openssl", "3.0.8-1.el9").security("Important");
        keep(host("web-01").offers(older));
        PatchBaseline onlyOlder = BaselineBuilder.forRedHat()
                .approved("openssl-3.0.8-1.el9.x86_64")
                .build();

        ServerTrial.Difference difference = run(new TrialOrder(
                        SECURITY, Optional.of(onlyOlder), Optional.empty(), Optional.empty(), Optional.empty(), 10))
                .getFirst()
                .difference()
                .orElseThrow();

        assertThat(difference.changed())
                .singleElement()
                .extracting(decision -> decision.patch().version().text())
                .isEqualTo("3.0.9-1.el9");
    }

    @Test
    void usesTheLastScanOfTheDayAndTheApprovalsOfThatTime() {
        keep(host("web-01"));
        keep(new ScannedHost("web-01", "2026-11-19T08:00:00Z").has("openssl", "3.0.7-1.el9"));

        List<ServerTrial> thatDay = run(new TrialOrder(
                SECURITY,
                Optional.empty(),
                Optional.of(LocalDate.of(2026, 11, 19)),
                Optional.empty(),
                Optional.empty(),
                10));
        List<ServerTrial> dayWithout = run(new TrialOrder(
                SECURITY,
                Optional.empty(),
                Optional.of(LocalDate.of(2026, 11, 18)),
                Optional.empty(),
                Optional.empty(),
                10));

        assertThat(thatDay).singleElement().satisfies(trial -> {
            assertThat(trial.scannedAt()).isEqualTo(Instant.parse("2026-11-19T08:00:00Z"));
            assertThat(trial.wouldInstall()).isEmpty();
        });
        assertThat(dayWithout).isEmpty();
    }

    @Test
    void aDelayCountsFromTheInstantThatIsAskedFor() {
        Instant issued = Instant.parse("2026-11-18T00:00:00Z");
        keep(new ScannedHost("web-01", "2026-11-20T08:00:00Z")
                .has("openssl", "3.0.7-1.el9")
                .offers(PatchBuilder.rpm("openssl", "3.0.9-1.el9")
                        .advisory("RHSA-1", "Security", "Important", issued)));
        PatchBaseline delayed = BaselineBuilder.forRedHat()
                .ruleAfterDays(7, BaselineBuilder.filter(FilterKey.CLASSIFICATION, "Security"))
                .build();

        ServerTrial today = run(order(delayed)).getFirst();
        ServerTrial later = run(new TrialOrder(
                        delayed,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Instant.parse("2026-11-26T00:00:00Z")),
                        Optional.empty(),
                        10))
                .getFirst();

        assertThat(today.wouldInstall()).isEmpty();
        assertThat(today.waiting())
                .singleElement()
                .satisfies(decision ->
                        assertThat(decision.approvedFrom()).contains(Instant.parse("2026-11-25T00:00:00Z")));
        assertThat(names(later.wouldInstall())).containsExactly("openssl");
    }

    @Test
    void aHeldPackageWouldNotBeInstalled() {
        keep(host("web-01").holds("openssl"));

        assertThat(run(order(SECURITY)).getFirst().wouldInstall()).isEmpty();
    }

    @Test
    void aHostOfAnotherFamilyIsLeftOutWithTheReason() {
        keep(host("db-01").runs("debian"));

        assertThat(run(order(SECURITY)).getFirst().skipped())
                .hasValueSatisfying(reason -> assertThat(reason).contains("Debian", "REDHAT_ENTERPRISE_LINUX"));
    }

    @Test
    void goesThroughTheServersPageByPage() {
        keep(host("web-01"));
        keep(host("web-02"));
        keep(host("web-03"));

        List<ServerTrial> behindTheFirst = run(new TrialOrder(
                SECURITY,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new ServerId("web-01")),
                1));

        assertThat(behindTheFirst).extracting(ServerTrial::server).containsExactly(new ServerId("web-02"));
    }

    private List<ServerTrial> run(TrialOrder order) {
        return trials.run(order);
    }

    private static TrialOrder order(PatchBaseline baseline) {
        return new TrialOrder(baseline, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 10);
    }

    private void keep(ScannedHost host) {
        kept.keep(host.stored());
    }

    private static ScannedHost host(String name) {
        return new ScannedHost(name, "2026-11-20T08:00:00Z")
                .has("openssl", "3.0.7-1.el9")
                .has("bash", "5.1-1.el9")
                .offers(PatchBuilder.rpm("bash", "5.2-1.el9").bugfix())
                .offers(PatchBuilder.rpm("openssl", "3.0.9-1.el9").security("Important"));
    }

    private static List<String> names(List<PatchDecision> decisions) {
        return decisions.stream().map(decision -> decision.patch().key().name()).toList();
    }
}
