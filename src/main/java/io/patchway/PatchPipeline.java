package io.patchway;

import io.patchway.routes.AbsenceRoutes;
import io.patchway.routes.NodeLifecycle;
import io.patchway.routes.Outage;
import io.patchway.routes.RolloutRoutes;
import io.patchway.routes.ServerRunRoutes;
import io.patchway.routes.TroubleWithRuns;
import io.patchway.run.AbsenceWatch;
import io.patchway.run.RunNode;
import io.patchway.run.step.RolloutSteps;
import io.patchway.run.step.Steps;
import org.apache.camel.CamelContext;

/** The routes that patch: server runs, the rollouts that let them go, and servers that are looked for. */
record PatchPipeline(RunNode node, Steps steps, RolloutSteps rollouts, AbsenceWatch absences) {

    /**
     * Adds the routes. What this node had claimed in an earlier life is due at once.
     *
     * @param database told when it goes and comes
     * @param wire likewise
     */
    void addTo(CamelContext camel, Outage database, Outage wire) throws Exception {
        node.resume();
        camel.addLifecycleStrategy(new NodeLifecycle(node));
        camel.addRoutesConfigurations(new TroubleWithRuns(node, steps, database));
        camel.addRoutes(new ServerRunRoutes(node, steps, database, wire));
        camel.addRoutes(new RolloutRoutes(rollouts));
        camel.addRoutes(new AbsenceRoutes(absences));
    }
}
