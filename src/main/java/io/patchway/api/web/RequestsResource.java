package io.patchway.api.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import io.patchway.api.RepeatedRequests;
import io.patchway.config.document.DocumentReader;
import io.patchway.intake.Outcome;
import io.patchway.intake.RequestIntake;
import io.patchway.report.SummaryDocument;
import io.patchway.run.History;
import io.patchway.run.Page;
import io.patchway.run.RequestForm.Origin;
import io.patchway.run.RequestId;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RequestSummary;
import io.patchway.run.RolloutLedger;
import io.patchway.run.RunLedger;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /api/requests}: hands requests in and shows what became of them. */
public final class RequestsResource implements Resource {
    private static final int FIRST_RUNS = 100;
    private static final String REQUESTER = "api";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private final RequestIntake intake;
    private final RolloutLedger rollouts;
    private final History history;
    private final RepeatedRequests repeated;

    public RequestsResource(
            RequestIntake intake, RunLedger ledger, RolloutLedger rollouts, History history, Clock clock) {
        this.rollouts = rollouts;
        this.intake = intake;
        this.history = history;
        this.repeated = new RepeatedRequests(ledger, clock);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post("/api/requests", this::post);
        routes.get("/api/requests", this::list);
        routes.get("/api/requests/{id}", this::get);
        routes.get("/api/requests/{id}/runs", this::runs);
    }

    /**
     * 202 with the receipt; 400 with the problems, or with the receipt when every server was refused; 429 when there is
     * too much to do already.
     */
    private void post(Context context) throws IOException {
        byte[] body = body(context);
        Origin origin =
                new Origin("api " + context.ip(), REQUESTER, Optional.of(fingerprint(context, body)), Optional.empty());
        Outcome outcome = intake.take("request body", body, origin);
        context.status(outcome.accepted() ? HttpStatus.ACCEPTED : HttpStatus.BAD_REQUEST);
        if (outcome instanceof Outcome.Answered answered) {
            answered.receipt().request().ifPresent(id -> context.header("Location", "/api/requests/" + id));
        }
        if (outcome instanceof Outcome.Busy busy) {
            context.status(HttpStatus.TOO_MANY_REQUESTS)
                    .header("Retry-After", Long.toString(busy.retryAfter().toSeconds()));
        }
        context.contentType("application/json").result(intake.receipt(outcome));
    }

    /** 200 with the requests in short, the newest first. */
    private void list(Context context) {
        int limit = PageQuery.limit(context);
        Page<RequestSummary> page = history.requests(PageQuery.cursor(context), limit);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        var requests = document.putArray("requests");
        page.entries().forEach(request -> requests.add(SummaryDocument.of(request)));
        page.next().ifPresent(next -> document.put("next", "/api/requests?limit=" + limit + "&cursor=" + next));
        context.json(document);
    }

    /** 200 with the request and its first runs, and where the others are; 404 when there is no such request. */
    private void get(Context context) {
        RequestSummary request = find(context);
        Page<RunReport> page = history.runs(request.id(), Optional.empty(), FIRST_RUNS);
        ObjectNode document = ReportDocument.of(request, page, intake.ids());
        addNext(document, request, page, FIRST_RUNS);
        rollouts.standing(request.id()).ifPresent(standing -> document.set("rollout", RolloutDocument.of(standing)));
        context.json(document);
    }

    /** 200 with a page of the runs of a request; 404 when there is no such request. */
    private void runs(Context context) {
        RequestSummary request = find(context);
        int limit = PageQuery.limit(context);
        Page<RunReport> page = history.runs(request.id(), PageQuery.cursor(context), limit);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        var runs = document.putArray("runs");
        page.entries().forEach(run -> runs.add(ReportDocument.run(run, intake.ids())));
        addNext(document, request, page, limit);
        context.json(document);
    }

    private static void addNext(ObjectNode document, RequestSummary request, Page<RunReport> page, int limit) {
        page.next()
                .ifPresent(next -> document.put(
                        "next", "/api/requests/" + request.id() + "/runs?limit=" + limit + "&cursor=" + next));
    }

    private RequestSummary find(Context context) {
        return history.request(id(context)).orElseThrow(RequestsResource::unknown);
    }

    static RequestId id(Context context) {
        try {
            return RequestId.of(context.pathParam("id"));
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    static NotFoundResponse unknown() {
        return new NotFoundResponse("there is no such request");
    }

    private String fingerprint(Context context, byte[] body) {
        String key = context.header("Idempotency-Key");
        if (key == null) {
            return repeated.byContent(REQUESTER, body);
        }
        if (!KEY.matcher(key).matches()) {
            throw new BadRequestResponse("Idempotency-Key must be 1 to 200 visible ASCII characters");
        }
        return repeated.byKey(REQUESTER, key);
    }

    static byte[] body(Context context) throws IOException {
        byte[] body = context.req().getInputStream().readNBytes(DocumentReader.MAX_BYTES + 1);
        if (body.length > DocumentReader.MAX_BYTES) {
            throw new ContentTooLargeResponse("a request has at most " + DocumentReader.MAX_BYTES + " bytes");
        }
        return body;
    }
}
