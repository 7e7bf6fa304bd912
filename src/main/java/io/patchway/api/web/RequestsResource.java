package io.patchway.api.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import io.patchway.config.document.DocumentReader;
import io.patchway.intake.Outcome;
import io.patchway.intake.ReceiptDocument;
import io.patchway.intake.RequestIntake;
import io.patchway.run.RequestForm.Origin;
import io.patchway.run.RequestId;
import io.patchway.run.RolloutLedger;
import io.patchway.run.RunLedger;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /api/requests}: hands requests in and shows what became of them. */
final class RequestsResource {
    private static final String REQUESTER = "api";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private final RequestIntake intake;
    private final RunLedger ledger;
    private final RolloutLedger rollouts;
    private final RepeatedRequests repeated;

    RequestsResource(RequestIntake intake, RunLedger ledger, RolloutLedger rollouts, Clock clock) {
        this.rollouts = rollouts;
        this.intake = intake;
        this.ledger = ledger;
        this.repeated = new RepeatedRequests(ledger, clock);
    }

    /**
     * 202 with the receipt; 400 with the problems, or with the receipt when every server was refused; 429 when there is
     * too much to do already.
     */
    void post(Context context) throws IOException {
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
        context.contentType("application/json").result(ReceiptDocument.write(outcome));
    }

    /** 200 with everything recorded; 404 when there is no such request. */
    void get(Context context) {
        RequestId id = id(context);
        ObjectNode document = ledger.report(id).map(ReportDocument::of).orElseThrow(RequestsResource::unknown);
        rollouts.standing(id).ifPresent(standing -> document.set("rollout", RolloutDocument.of(standing)));
        context.json(document);
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
