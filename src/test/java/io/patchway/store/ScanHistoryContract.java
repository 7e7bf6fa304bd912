package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.run.RunId;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.ServerRun;
import io.patchway.run.StoredScan;
import io.patchway.run.Transition;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The scans that runs kept, on every database. */
abstract class ScanHistoryContract extends StoreContract {
    private static final Instant LATER = NOON.plus(Duration.ofDays(1));

    private SqlRunLedger ledger;
    private SqlScanHistory scans;

    @BeforeEach
    void openHistory() {
        ledger = new SqlRunLedger(database, "patch.example.org");
        scans = new SqlScanHistory(database);
    }

    @Test
    void theLatestScanOfAServerIsFound() {
        ServerId web = new ServerId("web-01");
        assertThat(scans.latest(web)).isEmpty();

        scan("web-01", NOON, LATER);

        assertThat(scans.latest(web)).contains(new StoredScan(web, Samples.scan(LATER)));
    }

    @Test
    void theNewestScanOfEachServerWithinASpanIsFoundInTheirOrder() {
        scan("web-02", NOON, NOON.plusSeconds(60), LATER);
        scan("web-01", NOON.plusSeconds(30));
        scan("db-01", LATER);

        assertThat(newest(NOON, LATER, Optional.empty(), 10))
                .containsExactly("web-01 " + NOON.plusSeconds(30), "web-02 " + NOON.plusSeconds(60));
        assertThat(newest(NOON, LATER.plusSeconds(1), Optional.of("db-01"), 1))
                .containsExactly("web-01 " + NOON.plusSeconds(30));
        assertThat(newest(LATER.plusSeconds(1), LATER.plusSeconds(2), Optional.empty(), 10))
                .isEmpty();
    }

    private List<String> newest(Instant from, Instant before, Optional<String> behind, int most) {
        return scans.newestOfEach(from, before, behind.map(ServerId::new), most).stream()
                .map(scan -> scan.server() + " " + scan.record().scan().takenAt())
                .toList();
    }

    private void scan(String server, Instant... times) {
        ServerRun run = accepted(server);
        for (Instant time : times) {
            Claim claim = new Claim(run.id(), run.fence());
            Transition step = Transition.again(run, run.memory(), NOON, Duration.ZERO);
            ledger.commit(claim, step.keeping(Samples.scan(time)), NOON);
            run = claimed(run.id());
        }
    }

    private ServerRun accepted(String server) {
        return claimed(ledger.accept(Samples.request(server), Optional.empty())
                .runs()
                .get(0)
                .run());
    }

    private ServerRun claimed(RunId run) {
        return ledger.claimDue("node", 100, Duration.ofMinutes(1), NOON).stream()
                .filter(claim -> claim.run().equals(run))
                .flatMap(claim -> ledger.load(claim).stream())
                .findFirst()
                .orElseThrow();
    }
}
