package io.patchway.packagemanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.patchway.connection.Connection;
import io.patchway.faults.Survives;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import io.patchway.run.InstallPlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanWordsTest {
    @Test
    void namesExactVersionsAndTellsUpdatesFromNewPackages() {
        InstallPlan plan = new InstallPlan(
                List.of(patch("openssl", "1:3.2.2-7.el9", true), patch("kernel", "5.14.0-1", false)), List.of("nss*"));

        assertThat(PlanWords.of(plan))
                .containsExactly(
                        "block:nss*", "upgrade:openssl=1:3.2.2-7.el9=x86_64", "install:kernel=5.14.0-1=x86_64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;id", "$(id)", "a b", "-x", "a\nb", "a/b", "", "`id`", "kernеl"})
    @Survives(24)
    void refusesAPatternWithACharacterThatNoPackageHas(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlanWords.of(new InstallPlan(List.of(), List.of(pattern))));
    }

    @Test
    void takesFiveHundredPackagesAtOnce() {
        assertThat(PlanWords.of(new InstallPlan(patches(500), List.of()))).hasSize(500);
    }

    @Test
    void leavesForTheNextRoundWhatAConnectionCannotCarry() {
        List<String> words = PlanWords.of(new InstallPlan(patches(5_000), List.of("nss*")));

        assertThat(words).hasSizeBetween(1_000, 4_999);
        assertThat(words.stream().mapToInt(String::length).sum()).isLessThan(Connection.MAX_ARGUMENT_BYTES);
    }

    private static List<Patch> patches(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> patch("a-package-with-a-long-name-" + number, "2:10.20.30-40.el9_6.1", true))
                .toList();
    }

    private static Patch patch(String name, String version, boolean present) {
        return new Patch(
                new PackageKey(name, "x86_64"),
                PackageVersion.rpm(version),
                present ? Optional.of(PackageVersion.rpm("0.1-1")) : Optional.empty(),
                "updates",
                List.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }
}
