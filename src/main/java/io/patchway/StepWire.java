package io.patchway;

import io.patchway.routes.BrokerSettings;
import io.patchway.routes.BrokerWire;
import io.patchway.routes.Outage;
import io.patchway.run.NodeSettings;
import java.util.Optional;
import org.apache.camel.CamelContext;

/** The wire between claiming a step and taking it. */
final class StepWire {
    private StepWire() {}

    /** Connects to the broker when there is one; returns how its outages are told. */
    static Outage open(CamelContext camel, MachineSettings machine, NodeSettings node) {
        Optional<BrokerSettings> broker = machine.broker();
        Outage wire = new Outage(
                broker.map(settings -> "The broker " + settings.displayUrl()).orElse("The wire " + machine.steps()));
        broker.ifPresent(settings -> camel.addComponent("jms", BrokerWire.component(settings, node, wire)));
        return wire;
    }
}
