package io.patchway.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** A rollout of servers that end well or badly at random; fails the test when a decision goes beyond the limits. */
final class SimulatedRollout {
    private enum Lot {
        WAITING,
        IN_FLIGHT,
        WELL,
        FAILED
    }

    private final Random random;
    private final Rollout rollout;
    private final Stages stages;
    private final List<Lot> lots = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private RolloutPhase phase = RolloutPhase.RUNNING;
    private Optional<Instant> soakUntil = Optional.empty();
    private int stage;
    private int forgiven;

    SimulatedRollout(Random random) {
        this.random = random;
        int servers = 1 + random.nextInt(60);
        this.rollout = new Rollout(
                maybe(share(20)),
                maybe(share(10)),
                maybe(share(30)),
                List.of(Share.of(1 + random.nextInt(3)), Share.of("50%"), Share.ALL),
                Duration.ofSeconds(random.nextInt(3)),
                Optional.empty(),
                List.of(),
                false);
        this.stages = Stages.of(rollout, IntStream.range(0, servers).boxed().toList(), server -> List.of());
        stages.ofServers().forEach(each -> lots.add(Lot.WAITING));
    }

    void play() {
        for (int turn = 0; phase != RolloutPhase.DONE; turn++) {
            assertThat(turn).as("turns of %s", rollout).isLessThan(2_000);
            apply(RolloutRule.next(standing(), now));
            limitsHold();
            somebodyEnds();
            now = now.plusSeconds(1);
        }
        assertThat(lots).doesNotContain(Lot.WAITING, Lot.IN_FLIGHT);
    }

    private void apply(RolloutDecision decision) {
        switch (decision) {
            case RolloutDecision.Wait ignored -> {}
            case RolloutDecision.Release release -> release(release.servers());
            case RolloutDecision.Soak soak -> {
                phase = RolloutPhase.SOAKING;
                soakUntil = Optional.of(soak.until());
            }
            case RolloutDecision.NextStage next -> {
                phase = RolloutPhase.RUNNING;
                stage = next.stage();
            }
            case RolloutDecision.Hold hold -> {
                assertThat(hold.reason()).isNotBlank();
                forgiven = count(Lot.FAILED);
            }
            case RolloutDecision.Finish ignored -> phase = RolloutPhase.DONE;
            case RolloutDecision.CheckGate ignored -> throw new AssertionError("there is no gate");
            case RolloutDecision.Stop ignored -> throw new AssertionError("nobody wanted it to stop");
            case RolloutDecision.Expire ignored -> throw new AssertionError("there is no latest start");
        }
    }

    private void release(int servers) {
        int left = servers;
        for (int i = 0; i < lots.size() && left > 0; i++) {
            if (lots.get(i) == Lot.WAITING && stages.ofServers().get(i) == stage) {
                lots.set(i, Lot.IN_FLIGHT);
                left--;
            }
        }
        assertThat(left).isZero();
    }

    private void limitsHold() {
        int inFlight = count(Lot.IN_FLIGHT);
        assertThat(inFlight).isLessThanOrEqualTo(rollout.concurrency(lots.size()));
        assertThat(inFlight + count(Lot.FAILED) - forgiven)
                .isLessThanOrEqualTo(Math.max(rollout.disruption(lots.size()), count(Lot.FAILED) - forgiven));
        for (int i = 0; i < lots.size(); i++) {
            if (lots.get(i) != Lot.WAITING) {
                assertThat(stages.ofServers().get(i)).isLessThanOrEqualTo(stage);
            }
        }
    }

    private void somebodyEnds() {
        for (int i = 0; i < lots.size(); i++) {
            if (lots.get(i) == Lot.IN_FLIGHT && random.nextInt(3) == 0) {
                lots.set(i, random.nextInt(8) == 0 ? Lot.FAILED : Lot.WELL);
            }
        }
    }

    private RolloutStanding standing() {
        return new RolloutStanding(
                rollout,
                phase,
                stage,
                stages.count(),
                soakUntil,
                forgiven,
                Optional.empty(),
                new RolloutProgress(
                        lots.size(),
                        here(Lot.WAITING),
                        count(Lot.IN_FLIGHT),
                        count(Lot.FAILED),
                        here(Lot.FAILED),
                        here(Lot.WELL),
                        (int) stages.ofServers().stream()
                                .filter(each -> each > stage)
                                .count()));
    }

    private int count(Lot lot) {
        return (int) lots.stream().filter(lot::equals).count();
    }

    private int here(Lot lot) {
        return (int) IntStream.range(0, lots.size())
                .filter(i -> stages.ofServers().get(i) == stage && lots.get(i) == lot)
                .count();
    }

    private Share share(int most) {
        return random.nextBoolean() ? Share.of(1 + random.nextInt(most)) : Share.of((1 + random.nextInt(50)) + "%");
    }

    private <T> Optional<T> maybe(T value) {
        return random.nextBoolean() ? Optional.of(value) : Optional.empty();
    }
}
