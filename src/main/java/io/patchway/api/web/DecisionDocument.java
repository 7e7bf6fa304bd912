package io.patchway.api.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchway.baseline.PackageState;
import io.patchway.baseline.PatchDecision;
import io.patchway.patch.Advisory;
import io.patchway.patch.Patch;
import java.util.List;

/** What a baseline says of patches and packages, as JSON. Times are ISO 8601, UTC. */
final class DecisionDocument {
    private DecisionDocument() {}

    static ArrayNode of(List<PatchDecision> decisions) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        decisions.forEach(decision -> list.add(of(decision)));
        return list;
    }

    static ObjectNode of(PackageState state) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", state.key().name());
        node.put("arch", state.key().arch());
        node.put("state", state.state().name());
        node.put("compliant", state.state().compliant());
        state.installed().ifPresent(version -> node.put("installed", version.text()));
        state.target()
                .ifPresent(patch -> node.put("wouldInstall", patch.version().text()));
        return reason(node, state.reason());
    }

    private static ObjectNode of(PatchDecision decision) {
        Patch patch = decision.patch();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", patch.key().name());
        node.put("arch", patch.key().arch());
        patch.installed().ifPresent(version -> node.put("installed", version.text()));
        node.put("version", patch.version().text());
        node.put("repository", patch.repository());
        ArrayNode advisories = node.putArray("advisories");
        patch.advisories().stream().map(Advisory::id).forEach(advisories::add);
        ArrayNode cves = node.putArray("cves");
        patch.allCves().forEach(cves::add);
        node.put("verdict", decision.verdict().name());
        node.put("complianceLevel", decision.level().name());
        decision.approvedFrom().ifPresent(from -> node.put("approvedFrom", from.toString()));
        return reason(node, decision.reason());
    }

    private static ObjectNode reason(ObjectNode node, PatchDecision.Reason reason) {
        return node.put("decider", reason.decider()).put("reason", reason.text());
    }
}
