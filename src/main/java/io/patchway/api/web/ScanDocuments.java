package io.patchway.api.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchway.baseline.BaselineVersion;
import io.patchway.baseline.Evaluation;
import io.patchway.baseline.PackageState;
import io.patchway.compliance.ScanSummary;
import io.patchway.patch.Patch;
import java.util.TreeMap;

/** Scans as JSON. Times are ISO 8601, UTC. */
final class ScanDocuments {
    private ScanDocuments() {}

    /** A scan in figures. */
    static ObjectNode of(ScanSummary scan) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("scan", scan.scan());
        node.put("takenAt", scan.takenAt().toString());
        node.put("startedAt", scan.startedAt().toString());
        node.put("operation", scan.operation().name());
        node.put("rebootOption", scan.rebootOption().name());
        node.put("baseline", scan.baseline());
        scan.version().map(BaselineVersion::id).ifPresent(id -> node.put("baselineId", id.value()));
        scan.version().map(BaselineVersion::number).ifPresent(number -> node.put("baselineVersion", number));
        scan.snapshot().ifPresent(snapshot -> node.put("snapshot", snapshot.toString()));
        scan.patchGroup().ifPresent(group -> node.put("patchGroup", group));
        scan.installList().ifPresent(list -> node.put("installList", list));
        node.put("underOtherBaseline", scan.otherBaseline());
        scan.run().ifPresent(run -> node.put("runId", run.toString()));
        node.put("compliant", scan.counts().compliant());
        scan.counts().severity().ifPresent(severity -> node.put("severity", severity.name()));
        ObjectNode counts = node.putObject("counts");
        new TreeMap<>(scan.counts().counts()).forEach((state, count) -> counts.put(state.name(), count));
        return node;
    }

    /** What an install would bring at this moment, of what the scan found. */
    static ArrayNode wouldInstall(Evaluation evaluation) {
        ArrayNode patches = JsonNodeFactory.instance.arrayNode();
        for (Patch patch : evaluation.missing()) {
            ObjectNode node = patches.addObject();
            node.put("name", patch.key().name());
            node.put("arch", patch.key().arch());
            patch.installed().ifPresent(installed -> node.put("before", installed.toString()));
            node.put("after", patch.version().toString());
        }
        return patches;
    }

    /** The state of every package, and what decided it. */
    static ArrayNode packages(Evaluation evaluation) {
        ArrayNode packages = JsonNodeFactory.instance.arrayNode();
        for (PackageState state : evaluation.states()) {
            ObjectNode node = packages.addObject();
            node.put("name", state.key().name());
            node.put("arch", state.key().arch());
            node.put("state", state.state().name());
            state.installed().ifPresent(version -> node.put("installed", version.toString()));
            state.target()
                    .ifPresent(target -> node.put("approved", target.version().toString()));
            node.put("level", state.level().name());
            node.put("decidedBy", state.reason().decider());
            node.put("reason", state.reason().text());
        }
        return packages;
    }
}
