package io.patchway.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionIdsTest {
    private static final ExecutionIds IDS = new ExecutionIds("wa1");

    @Test
    void aNumberIsShownBehindTheLocation() {
        ExecutionNumber number = new ExecutionNumber(132457);

        assertThat(IDS.of(number)).isEqualTo("WA1-132457");
        assertThat(IDS.statusId(number)).isEqualTo("wa1-132457");
    }

    @ParameterizedTest
    @ValueSource(strings = {"WA1-132457", "wa1-132457", "Wa1-132457"})
    void anIdIsReadInAnyLetterCase(String id) {
        assertThat(IDS.read(id)).contains(new ExecutionNumber(132457));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "132457",
                "WA1-",
                "WA1-0132457",
                "WA1--1",
                "WA1-1234567890123456789",
                "UC1-132457",
                "WA1-132457 ",
                "WA1-١٢٣"
            })
    void whatIsNoIdOfThisLocationIsNotRead(String id) {
        assertThat(IDS.read(id)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "W", "WA1XX", "W-1", "Wä1"})
    void aLocationIsTwoToFourLettersOrDigits(String location) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ExecutionIds(location));
    }
}
