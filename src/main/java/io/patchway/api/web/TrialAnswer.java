package io.patchway.api.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchway.explain.ServerTrial;

/** What a baseline would do on a server, as JSON. */
final class TrialAnswer {
    private TrialAnswer() {}

    static ObjectNode of(ServerTrial trial) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("server", trial.server().value());
        node.put("scannedAt", trial.scannedAt().toString());
        if (trial.skipped().isPresent()) {
            return node.put("skipped", trial.skipped().get());
        }
        node.set("wouldInstall", DecisionDocument.of(trial.wouldInstall()));
        node.set("waiting", DecisionDocument.of(trial.waiting()));
        trial.difference().ifPresent(difference -> {
            ObjectNode changes = node.putObject("difference");
            changes.set("gained", DecisionDocument.of(difference.gained()));
            changes.set("lost", DecisionDocument.of(difference.lost()));
            changes.set("changed", DecisionDocument.of(difference.changed()));
        });
        return node;
    }
}
