package io.patchway.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchway.run.RequestSummary;
import java.util.TreeMap;

/** A request in short, as JSON. Times are ISO 8601, UTC. */
public final class SummaryDocument {
    private SummaryDocument() {}

    /** Writes a request in short. */
    public static ObjectNode of(RequestSummary request) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("requestId", request.id().toString());
        root.put("operation", request.operation().name());
        root.put("rebootOption", request.rebootOption().name());
        root.put("maxRounds", request.maxRounds());
        root.put("origin", request.origin());
        root.put("requester", request.requester());
        request.baseline().ifPresent(name -> root.put("baseline", name));
        request.scriptPackage().ifPresent(name -> root.put("package", name));
        root.put("acceptedAt", request.acceptedAt().toString());
        root.put("ended", request.endedAt().isPresent());
        request.endedAt().ifPresent(end -> root.put("endedAt", end.toString()));
        root.put("succeeded", request.succeeded());
        root.put("servers", request.servers());
        ObjectNode states = root.putObject("states");
        new TreeMap<>(request.runs()).forEach((state, count) -> states.put(state.name(), count));
        return root;
    }
}
