package io.patchway.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchway.rollout.HealthGate;
import io.patchway.rollout.Rollout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolloutsTest {
    private final SimulatedServers servers = new SimulatedServers();

    @Test
    void aLargeFleetGoesCautiouslyUnlessItsRequestSaysOtherwise() {
        Rollouts rollouts = new Rollouts(servers, List.of(), 50);
        RequestForm silent = RequestDesks.install("web-01");

        assertThat(rollouts.of(silent, 49)).isEqualTo(Rollout.ALL_AT_ONCE);
        assertThat(rollouts.of(silent, 50)).isEqualTo(Rollout.CAUTIOUS);
        assertThat(rollouts.of(asking(Rollout.ALL_AT_ONCE), 50)).isEqualTo(Rollout.ALL_AT_ONCE);
        assertThat(new Rollouts(servers, List.of(), 0).of(silent, 50_000)).isEqualTo(Rollout.ALL_AT_ONCE);
    }

    @Test
    void aGateOrAGroupThatNobodyKnowsIsRefusedByName() {
        HealthGate gate = new HealthGate.Command("nginx-runs", Duration.ofSeconds(5), List.of("true"));

        assertThat(refusal(new Rollouts(servers, List.of(), 0), rollout(Optional.of("shop"), List.of())))
                .isEqualTo("rollout.gate: there is no health gate 'shop'; config/gates.yaml has none");
        assertThat(refusal(new Rollouts(servers, List.of(gate), 0), rollout(Optional.of("shop"), List.of())))
                .endsWith("config/gates.yaml has nginx-runs");
        assertThat(refusal(new Rollouts(servers, List.of(), 0), rollout(Optional.empty(), List.of("web"))))
                .isEqualTo("rollout.groupOrder: no server belongs to group 'web'");
    }

    private static String refusal(Rollouts rollouts, Rollout rollout) {
        RefusedRequestException refused =
                catchThrowableOfType(RefusedRequestException.class, () -> rollouts.check(asking(rollout)));
        return refused.field() + ": " + refused.getMessage();
    }

    private static RequestForm asking(Rollout rollout) {
        RequestForm form = RequestDesks.install("web-01");
        return new RequestForm(
                form.operation(),
                form.rebootOption(),
                form.maxRounds(),
                form.servers(),
                form.groups(),
                form.tags(),
                form.baseline(),
                form.snapshot(),
                form.scriptPackage(),
                form.parameters(),
                form.recipients(),
                Optional.of(rollout));
    }

    private static Rollout rollout(Optional<String> gate, List<String> groupOrder) {
        return new Rollout(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Duration.ZERO,
                gate,
                groupOrder,
                false);
    }
}
