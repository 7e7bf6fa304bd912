package io.patchway.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackOffTest {
    @Test
    void pausesDoubleFromASecondToAQuarterOfAnHour() {
        assertThat(List.of(0, 1, 2, 9, 10, 1000))
                .extracting(BackOff::pauseAfter)
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 512L, 900L, 900L);
    }
}
