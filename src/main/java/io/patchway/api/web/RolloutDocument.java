package io.patchway.api.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchway.run.RolloutLedger.Standing;

/** Where a rollout stands, as JSON. */
final class RolloutDocument {
    private RolloutDocument() {}

    static ObjectNode of(Standing standing) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("phase", standing.phase().name());
        node.put("stage", standing.stage());
        node.put("stages", standing.stages());
        standing.reason().ifPresent(reason -> node.put("reason", reason));
        node.put("servers", standing.progress().total());
        node.put("waiting", standing.progress().waiting() + standing.progress().later());
        node.put("inFlight", standing.progress().inFlight());
        node.put("failed", standing.progress().failed());
        return node;
    }
}
