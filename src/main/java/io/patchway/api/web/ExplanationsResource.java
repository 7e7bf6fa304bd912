package io.patchway.api.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.patchway.baseline.StoredBaseline;
import io.patchway.baseline.UnclearBaselineException;
import io.patchway.explain.Explanation;
import io.patchway.explain.PatchExplainer;
import io.patchway.explain.TrialException;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import java.util.Optional;

/** {@code /api/servers/{id}/patches/{name}/why}: why a patch is or is not for a server. */
public final class ExplanationsResource implements Resource {
    private final Inventory inventory;
    private final PatchExplainer explainer;

    public ExplanationsResource(Inventory inventory, PatchExplainer explainer) {
        this.inventory = inventory;
        this.explainer = explainer;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/servers/{id}/patches/{name}/why", this::why);
    }

    /**
     * 200 with the baseline that counts, the state of the package and what decided about each offered version; with
     * {@code ?baseline=} another baseline is asked. 404 when there is no such server, scan, package or baseline.
     */
    private void why(Context context) {
        String name = context.pathParam("name");
        Server server = ServersResource.find(inventory, context.pathParam("id"));
        Explanation explanation = explanation(context, server, name);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("server", server.id().value());
        document.put("patch", name);
        document.put("scannedAt", explanation.scannedAt().toString());
        document.set("baseline", of(explanation.baseline()).put("chosenBecause", explanation.chosen()));
        ArrayNode packages = document.putArray("packages");
        explanation.states().forEach(state -> packages.add(DecisionDocument.of(state)));
        document.set("versions", DecisionDocument.of(explanation.decisions()));
        context.json(document);
    }

    private Explanation explanation(Context context, Server server, String name) {
        try {
            return explainer.why(server, name, Optional.ofNullable(context.queryParam("baseline")));
        } catch (TrialException e) {
            throw new NotFoundResponse(server.id() + " " + e.getMessage());
        } catch (UnclearBaselineException e) {
            throw new BadRequestResponse(String.valueOf(e.getMessage()));
        }
    }

    static ObjectNode of(StoredBaseline baseline) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", baseline.id().value())
                .put("name", baseline.name())
                .put("version", baseline.version());
    }
}
