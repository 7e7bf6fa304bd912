package io.patchway.api.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.patchway.compliance.ComplianceRecords;
import io.patchway.compliance.ScanSummary;
import io.patchway.run.Page;
import io.patchway.run.ScanRecord;
import io.patchway.server.ServerId;

/** {@code /api/servers/{id}/scans}: every scan of a server that is kept. */
public final class ScansResource implements Resource {
    private final ComplianceRecords records;

    public ScansResource(ComplianceRecords records) {
        this.records = records;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/servers/{id}/scans", this::scans);
        routes.get("/api/servers/{id}/scans/{scan}", this::scan);
    }

    /** 200 with its scans in figures, the newest first; an unknown server has none. */
    private void scans(Context context) {
        ServerId server = ServersResource.server(context.pathParam("id"));
        int limit = PageQuery.limit(context);
        Page<ScanSummary> page = records.history(server, PageQuery.cursor(context), limit);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("server", server.value());
        ArrayNode scans = document.putArray("scans");
        page.entries().forEach(scan -> scans.add(ScanDocuments.of(scan)));
        page.next()
                .ifPresent(next -> document.put(
                        "next", "/api/servers/" + server.value() + "/scans?limit=" + limit + "&cursor=" + next));
        context.json(document);
    }

    /** 200 with a scan and what it said of each package; 404 when the server has no such scan. */
    private void scan(Context context) {
        ServerId server = ServersResource.server(context.pathParam("id"));
        ScanSummary summary = records.find(server, number(context.pathParam("scan")))
                .orElseThrow(() -> new NotFoundResponse("the server has no such scan"));
        ObjectNode document = ScanDocuments.of(summary);
        document.put("server", server.value());
        records.details(summary.scan()).map(ScanRecord::evaluation).ifPresent(evaluation -> {
            document.set("wouldInstall", ScanDocuments.wouldInstall(evaluation));
            document.set("packages", ScanDocuments.packages(evaluation));
        });
        context.json(document);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new NotFoundResponse("the server has no such scan");
        }
    }
}
