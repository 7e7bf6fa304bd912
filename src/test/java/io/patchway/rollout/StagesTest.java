package io.patchway.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagesTest {
    @Test
    void oneServerThenAShareOfAllThenAll() {
        Stages stages = stages(100, waves("1", "5%", "25%", "100%"), List.of());

        assertThat(stages.count()).isEqualTo(4);
        assertThat(sizes(stages)).containsExactly(1, 4, 20, 75);
        assertThat(stages.ofServers().getFirst()).isZero();
    }

    @Test
    void whatTheWavesLeaveOverIsALastWave() {
        assertThat(sizes(stages(10, waves("2", "50%"), List.of()))).containsExactly(2, 3, 5);
    }

    @Test
    void wavesThatWouldBeEmptyAreLeftOut() {
        assertThat(sizes(stages(3, waves("1", "5%", "25%", "100%"), List.of()))).containsExactly(1, 2);
        assertThat(sizes(stages(1, waves("5", "100%"), List.of()))).containsExactly(1);
    }

    @Test
    void withoutWavesAllServersHaveTheirTurnAtOnce() {
        assertThat(sizes(stages(7, List.of(), List.of()))).containsExactly(7);
    }

    @Test
    void groupsFollowOneAnotherAndEachGoesThroughTheWavesByItself() {
        List<Set<String>> groups = List.of(
                Set.of("web"), Set.of("database"), Set.of("web"), Set.of("other"), Set.of("database", "web"), Set.of());

        Stages stages = Stages.of(rollout(waves("1", "100%"), List.of("database", "web")), groups, each -> each);

        assertThat(stages.ofServers()).containsExactly(2, 0, 3, 4, 1, 5);
        assertThat(stages.count()).isEqualTo(6);
    }

    @Test
    void aGroupWithoutServersTakesNoStage() {
        Stages stages =
                Stages.of(rollout(List.of(), List.of("nobody", "web")), List.of(Set.of("web")), groups -> groups);

        assertThat(stages.ofServers()).containsExactly(0);
        assertThat(stages.count()).isEqualTo(1);
    }

    @Test
    void aShareIsANumberOrAPercentage() {
        assertThat(Share.of("25%").roundedDown(10)).isEqualTo(2);
        assertThat(Share.of("25%").roundedUp(10)).isEqualTo(3);
        assertThat(Share.of("25").roundedDown(10)).isEqualTo(10);
        assertThat(Share.of("1%").roundedUp(1_000_000)).isEqualTo(10_000);
        assertThat(Share.of("33%")).hasToString("33%");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "101%", "5 %", "1.5", "%", "1e3", "٣"})
    void anythingElseIsNoShare(String text) {
        assertThatThrownBy(() -> Share.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Stages stages(int servers, List<Share> waves, List<String> order) {
        List<Integer> all = IntStream.range(0, servers).boxed().toList();
        return Stages.of(rollout(waves, order), all, server -> List.of());
    }

    private static List<Integer> sizes(Stages stages) {
        return IntStream.range(0, stages.count())
                .map(stage -> Collections.frequency(stages.ofServers(), stage))
                .boxed()
                .toList();
    }

    private static List<Share> waves(String... waves) {
        return List.of(waves).stream().map(Share::of).toList();
    }

    private static Rollout rollout(List<Share> waves, List<String> order) {
        return new Rollout(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                waves,
                Duration.ZERO,
                Optional.empty(),
                order,
                false);
    }
}
