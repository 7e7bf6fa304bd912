package io.patchway.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {

    @ParameterizedTest
    @CsvSource({
        "kernel, kernel, true",
        "kernel, kernel-core, false",
        "kernel*, kernel, true",
        "kernel*, kernel-core, true",
        "*kernel, bkernel, true",
        "*, anything, true",
        "k*l, kernel, true",
        "k*l, kernels, false",
        "a*b*c, a-b-b-c, true",
        "a**c, abc, true",
        "a*bc, abbbc, true",
        "g++, g++, true",
        "g++, ggg, false",
        "a.c, abc, false",
        "a?c, abc, false",
        "[ab]*, a, false"
    })
    void onlyTheStarIsSpecial(String pattern, String name, boolean matches) {
        assertThat(new NamePattern(pattern).matches(name)).isEqualTo(matches);
    }

    @Test
    void anEmptyNameIsMatchedByStarsAlone() {
        assertThat(new NamePattern("**").matches("")).isTrue();
        assertThat(new NamePattern("a*").matches("")).isFalse();
    }

    @Test
    void itAgreesWithARegularExpressionOnRandomNames() {
        long seed = 20261121;
        Random random = new Random(seed);
        for (int turn = 0; turn < 20_000; turn++) {
            String pattern = word(random, "ab*", 6);
            String name = word(random, "ab", 8);
            boolean expected = Pattern.matches(pattern.replace("*", ".*"), name);
            assertThat(new NamePattern(pattern).matches(name))
                    .as("pattern '%s', name '%s', seed %d", pattern, name, seed)
                    .isEqualTo(expected);
        }
    }

    @Test
    void theQuickCheckNeverDeniesAMatch() {
        long seed = 20261122;
        Random random = new Random(seed);
        for (int turn = 0; turn < 20_000; turn++) {
            NamePattern pattern = new NamePattern(word(random, "ab*", 6));
            String name = word(random, "ab", 4);
            String longer = name + word(random, "ab", 4);
            if (pattern.matches(longer)) {
                assertThat(pattern.canMatchTextStartingWith(name))
                        .as("pattern '%s', name '%s', seed %d", pattern, longer, seed)
                        .isTrue();
            }
        }
    }

    private static String word(Random random, String letters, int longest) {
        StringBuilder word = new StringBuilder();
        for (int length = random.nextInt(longest + 1); length > 0; length--) {
            word.append(letters.charAt(random.nextInt(letters.length())));
        }
        return word.toString();
    }
}
