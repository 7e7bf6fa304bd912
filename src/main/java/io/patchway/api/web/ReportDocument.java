package io.patchway.api.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchway.report.SummaryDocument;
import io.patchway.run.ExecutionIds;
import io.patchway.run.Page;
import io.patchway.run.PatchChange;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RequestSummary;
import io.patchway.run.RunNote;

/** What was recorded about a request, as JSON. Times are ISO 8601, UTC. */
final class ReportDocument {
    private ReportDocument() {}

    /** A request in short, with one page of its runs. */
    static ObjectNode of(RequestSummary request, Page<RunReport> page, ExecutionIds ids) {
        ObjectNode root = SummaryDocument.of(request);
        var runs = root.putArray("runs");
        page.entries().forEach(run -> runs.add(run(run, ids)));
        return root;
    }

    /** @param ids how server runs are called */
    static ObjectNode run(RunReport run, ExecutionIds ids) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("executionId", ids.of(run.number()));
        node.put("runId", run.id().toString());
        node.put("server", run.server().value());
        node.put("state", run.state().name());
        node.put("ended", run.state().ended());
        node.put("rounds", run.rounds());
        node.put("reboots", run.reboots());
        run.startedAt().ifPresent(start -> node.put("startedAt", start.toString()));
        run.endedAt().ifPresent(end -> node.put("endedAt", end.toString()));
        run.lastError().ifPresent(error -> node.put("lastError", error));
        var changes = node.putArray("patches");
        run.changes().forEach(change -> changes.add(change(change)));
        var notes = node.putArray("timeline");
        run.notes().forEach(note -> notes.add(note(note)));
        return node;
    }

    private static ObjectNode change(PatchChange change) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", change.key().name());
        node.put("arch", change.key().arch());
        change.before().ifPresent(before -> node.put("before", before));
        node.put("after", change.after());
        node.put("outcome", change.outcome().name());
        node.put("round", change.round());
        node.put("classification", change.classification());
        node.put("severity", change.severity());
        var advisories = node.putArray("advisories");
        change.advisories().forEach(advisories::add);
        var cves = node.putArray("cves");
        change.cves().forEach(cves::add);
        if (!change.reason().isEmpty()) {
            node.put("reason", change.reason());
        }
        return node;
    }

    private static ObjectNode note(RunNote note) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("at", note.at().toString())
                .put("state", note.state().name())
                .put("round", note.round())
                .put("text", note.text());
    }
}
