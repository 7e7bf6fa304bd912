package io.patchway.packagemanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.patchway.baseline.PatchSource;
import io.patchway.faults.Survives;
import io.patchway.run.InstallPlan;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceWordsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"[own]\nbaseurl=http://x/$basearch/\n", "'; id #\n", "$(id)\n", "größer\n", "PATCHWAY_WORKER\n"})
    @Survives(24)
    void whateverAConfigurationHoldsItsWordIsPlainAndHoldsAllOfIt(String configuration) {
        String word = SourceWords.of(List.of(source("own-1.x", configuration))).getFirst();

        assertThat(word).matches("own-1\\.x=[A-Za-z0-9+/]+=*");
        assertThat(decoded(word)).isEqualTo(configuration);
    }

    @Test
    void everyLineIsWholeAndEndsAsUnixWantsIt() {
        assertThat(decoded(SourceWords.of(List.of(source("own", "[own]\r\nbaseurl=x")))
                        .getFirst()))
                .isEqualTo("[own]\nbaseurl=x\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "../x", "a b", "a\nb", "$(id)", "a=b"})
    @Survives(24)
    void refusesANameThatIsMoreThanThePartOfAFileName(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> SourceWords.of(List.of(source(name, "[x]"))));
    }

    @Test
    void aPlanTellsItsSourcesFirst() {
        InstallPlan plan = new InstallPlan(List.of(), List.of("nss*"), List.of(source("own", "[x]")));

        assertThat(PlanWords.of(plan)).containsExactly("source:own=W3hdCg==", "block:nss*");
    }

    private static PatchSource source(String name, String configuration) {
        return new PatchSource(name, List.of("*"), configuration);
    }

    private static String decoded(String word) {
        return new String(Base64.getDecoder().decode(word.substring(word.indexOf('=') + 1)), StandardCharsets.UTF_8);
    }
}
