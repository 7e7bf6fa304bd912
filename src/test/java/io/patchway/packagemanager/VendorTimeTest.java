package io.patchway.packagemanager;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VendorTimeTest {
    @ParameterizedTest
    @CsvSource({
        "2025-02-01 10:00:00,     2025-02-01T10:00:00Z",
        "2025-02-01 10:00:00 UTC, 2025-02-01T10:00:00Z",
        "2025-02-01T10:00:00Z,    2025-02-01T10:00:00Z",
        "2025-02-01 10:00,        2025-02-01T10:00:00Z",
        "2025-02-01,              2025-02-01T00:00:00Z",
        "1738404000,              2025-02-01T10:00:00Z",
    })
    void readsTheDatesOfEveryVendor(String text, Instant instant) {
        assertThat(VendorTime.parse(text)).contains(instant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "2025-02-31", "99999999999999999999", "2025-02-01 25:00:00", "01/02/2025"})
    void knowsNoDateRatherThanAWrongOne(String text) {
        assertThat(VendorTime.parse(text)).isEmpty();
    }
}
