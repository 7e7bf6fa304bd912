package io.patchway.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionComparisonTest {

    @ParameterizedTest
    @CsvSource({
        "1.0-1, 1.0-2",
        "1.9-1, 1.10-1",
        "9.9-9, 1:0.1-1",
        "1:1.0-1, 2:0.9-1",
        "1.0~rc1-1, 1.0-1",
        "1.0~beta-1, 1.0~rc-1",
        "1.0~~-1, 1.0~-1",
        "1.0-1, 1.0^git1-1",
        "1.0^git1-1, 1.0.1-1",
        "1.0~rc1^git1-1, 1.0~rc2-1",
        "1.0a-1, 1.0.1-1",
        "1.0, 1.0-1",
        "1.0, 1.0-0",
        "1.0, 1.0-~",
        "1.0-9, 1.1",
        "5.14.0-427.el9, 5.14.0-503.11.1.el9_5"
    })
    void theLeftRpmVersionIsOlder(String older, String newer) {
        assertOlder(PackageVersion.rpm(older), PackageVersion.rpm(newer));
    }

    @ParameterizedTest
    @CsvSource({
        "1.0-1, 1.0-2",
        "1.9-1, 1.10-1",
        "9.9-9, 1:0.1-1",
        "1.0~rc1-1, 1.0-1",
        "1.0~~, 1.0~",
        "1.0-1, 1.0-1+deb12u1",
        "1.22.1-9+deb12u1, 1.22.1-9+deb12u2",
        "1.0, 1.0-1",
        "1.0a, 1.0+",
        "2.0-1~bpo12+1, 2.0-1",
        "1.0-1-1, 1.0-1-2"
    })
    void theLeftDebVersionIsOlder(String older, String newer) {
        assertOlder(PackageVersion.deb(older), PackageVersion.deb(newer));
    }

    private static void assertOlder(PackageVersion older, PackageVersion newer) {
        assertThat(older).isLessThan(newer);
        assertThat(newer).isGreaterThan(older);
        assertThat(newer.newerThan(older)).isTrue();
        assertThat(older.newerThan(newer)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1.0-1, 1.0-1", "0:1.0-1, 1.0-1", "1.01-1, 1.1-1", "1.0.-1, 1.0-1"})
    void theseRpmVersionsAreTheSame(String one, String other) {
        assertThat(PackageVersion.rpm(one)).isEqualByComparingTo(PackageVersion.rpm(other));
    }

    @ParameterizedTest
    @CsvSource({"1.0-1, 0:1.0-1", "1.01, 1.1", "1.0-0, 1.0"})
    void theseDebVersionsAreTheSame(String one, String other) {
        assertThat(PackageVersion.deb(one)).isEqualByComparingTo(PackageVersion.deb(other));
    }

    @Test
    void anEpochOfZeroIsLeftOut() {
        assertThat(PackageVersion.rpm("0:1.0-1")).hasToString("1.0-1").isEqualTo(PackageVersion.rpm("1.0-1"));
    }

    @Test
    void askingAgainGivesTheSameAnswer() {
        PackageVersion older = PackageVersion.rpm("3.1-1");
        PackageVersion newer = PackageVersion.rpm("3.1-2");
        for (int turn = 0; turn < 3; turn++) {
            assertThat(older.compareTo(newer)).isNegative();
            assertThat(newer.compareTo(older)).isPositive();
        }
    }

    @Test
    void theSameTextsComparePerScheme() {
        assertThat(PackageVersion.rpm("1.0-0").compareTo(PackageVersion.rpm("1.0")))
                .isPositive();
        assertThat(PackageVersion.deb("1.0-0").compareTo(PackageVersion.deb("1.0")))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.0-", "-1"})
    void anIncompleteRpmVersionIsRefused(String text) {
        assertThatThrownBy(() -> PackageVersion.rpm(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is not a RPM version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1_0", "a b"})
    void aTextThatIsNoDebVersionIsRefused(String text) {
        assertThatThrownBy(() -> PackageVersion.deb(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void versionsOfDifferentSchemesDoNotCompare() {
        PackageVersion rpm = PackageVersion.rpm("1.0-1");
        PackageVersion deb = PackageVersion.deb("1.0-1");
        assertThatThrownBy(() -> rpm.compareTo(deb)).isInstanceOf(IllegalArgumentException.class);
    }
}
