package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.window.WindowLedger;
import org.junit.jupiter.api.Test;

/** What the ledger of window openings promises, on every database. */
abstract class WindowLedgerContract extends StoreContract {

    @Test
    void anOpeningIsClaimedOnce() {
        WindowLedger windows = new SqlWindowLedger(database);

        assertThat(windows.claimOpening("web-sunday", NOON, "OPENED")).isTrue();
        assertThat(windows.claimOpening("web-sunday", NOON, "MISSED")).isFalse();
        assertThat(windows.claimOpening("db-sunday", NOON, "OPENED")).isTrue();
        assertThat(windows.claimOpening("web-sunday", NOON.plusSeconds(3600), "OPENED"))
                .as("the same local time, an hour later, when the clocks went back")
                .isTrue();
    }

    @Test
    void theLatestOpeningIsRemembered() {
        WindowLedger windows = new SqlWindowLedger(database);
        assertThat(windows.lastOpening("web-sunday", NOON.plusSeconds(3600))).isEmpty();
        windows.claimOpening("web-sunday", NOON.plusSeconds(3600), "OPENED");
        windows.claimOpening("web-sunday", NOON, "MISSED");

        assertThat(windows.lastOpening("web-sunday", NOON.plusSeconds(3600))).contains(NOON.plusSeconds(3600));
        assertThat(windows.lastOpening("web-sunday", NOON.plusSeconds(3599))).contains(NOON);
    }

    @Test
    void onlyOpeningsInTheFutureThatCountAsMissedAreForgotten() {
        WindowLedger windows = new SqlWindowLedger(database);
        windows.claimOpening("web-sunday", NOON, "MISSED");
        windows.claimOpening("web-sunday", NOON.plusSeconds(60), "OPENED");
        windows.claimOpening("web-sunday", NOON.plusSeconds(120), "MISSED");

        windows.forgetMissed("web-sunday", NOON);

        assertThat(windows.claimOpening("web-sunday", NOON, "OPENED")).isFalse();
        assertThat(windows.claimOpening("web-sunday", NOON.plusSeconds(60), "OPENED"))
                .isFalse();
        assertThat(windows.claimOpening("web-sunday", NOON.plusSeconds(120), "OPENED"))
                .isTrue();
    }
}
