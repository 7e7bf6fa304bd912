package io.patchway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchway.config.BadSettingException;
import io.patchway.config.Settings;
import io.patchway.run.NodeSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MachineSettingsTest {

    @Test
    void aNodeIsNamedAfterItsHostUnlessItHasANameOfItsOwn() throws UnknownHostException {
        assertThat(settings(Map.of()).nodeName())
                .isEqualTo(InetAddress.getLocalHost().getHostName());
        assertThat(settings(Map.of("patchway.node.name", "two")).nodeName()).isEqualTo("two");
    }

    @Test
    void stepsStayInsideTheProcessUnlessABrokerCarriesThem() {
        NodeSettings alone = settings(Map.of("patchway.node.name", "one")).node();
        NodeSettings shared = settings(
                        Map.of("patchway.node.name", "one", "patchway.steps", "jms:queue:patchway.steps"))
                .node();

        assertThat(alone).isEqualTo(new NodeSettings("one", 32, Duration.ofSeconds(30), false));
        assertThat(shared.sharedWire()).isTrue();
    }

    @Test
    void aQueueWithoutABrokerIsRefused() {
        assertThatExceptionOfType(BadSettingException.class)
                .isThrownBy(() -> settings(Map.of("patchway.steps", "jms:queue:patchway.steps"))
                        .broker())
                .withMessageContaining("patchway.broker.url")
                .withMessageContaining("jms:queue:patchway.steps");
    }

    @Test
    void aLeaseThatNobodyCanKeepIsRefused() {
        assertThatExceptionOfType(BadSettingException.class)
                .isThrownBy(() -> settings(Map.of("patchway.node.lease", "1s")).node())
                .withMessageContaining("patchway.node.lease: must be at least 3s");
    }

    private static MachineSettings settings(Map<String, String> values) {
        return new MachineSettings(new Settings(name -> Optional.ofNullable(values.get(name))));
    }
}
