package io.patchway.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEndTest {
    private static final byte[] WHOLE =
            "\uFEFF \n{\"s\":[\"a}\\\"]\",\"ä\\\\\"],\"n\":-1.5e3,\"t\":true,\"o\":{\"x\":null}}"
                    .getBytes(StandardCharsets.UTF_8);

    @Test
    void everyBeginningOfARequestMissesItsEndAndTheWholeDoesNot() {
        for (int length = 0; length < WHOLE.length; length++) {
            assertThat(JsonEnd.isMissing(Arrays.copyOf(WHOLE, length)))
                    .as("the first %d bytes", length)
                    .isTrue();
        }
        assertThat(JsonEnd.isMissing(WHOLE)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"}}", "hello", "{]", "{}{}", "{'a':1}", "1"})
    void whatIsWrongInAnotherWayIsNotWaitedFor(String text) {
        assertThat(JsonEnd.isMissing(text.getBytes(StandardCharsets.UTF_8))).isFalse();
    }
}
