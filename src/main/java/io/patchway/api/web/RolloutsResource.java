package io.patchway.api.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.patchway.config.RolloutOrder;
import io.patchway.run.RequestId;
import io.patchway.run.RolloutLedger;
import io.patchway.run.RolloutLedger.Answer;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/**
 * {@code /api/requests/{id}/pause}, {@code resume} and {@code cancel}. Each answers 200 with where the rollout stands;
 * 404 when there is no such request, 409 when the order makes no sense now.
 */
public final class RolloutsResource implements Resource {
    private final RolloutLedger rollouts;
    private final Clock clock;

    public RolloutsResource(RolloutLedger rollouts, Clock clock) {
        this.rollouts = rollouts;
        this.clock = clock;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post("/api/requests/{id}/pause", this::pause);
        routes.post("/api/requests/{id}/resume", this::resume);
        routes.post("/api/requests/{id}/cancel", this::cancel);
    }

    /** Starts no further server; those under way go on. */
    private void pause(Context context) throws IOException {
        RequestId id = RequestsResource.id(context);
        RolloutOrder.Pause order = OrderReader.read(context, RolloutOrder::pause);
        answer(context, id, rollouts.pause(id, because("paused", order.reason()), clock.instant()));
    }

    /** Goes on with a held rollout, past a health gate that refused when the body says so. */
    private void resume(Context context) throws IOException {
        RequestId id = RequestsResource.id(context);
        RolloutOrder.Resume order = OrderReader.read(context, RolloutOrder::resume);
        answer(context, id, rollouts.resume(id, order.pastGate(), clock.instant()));
    }

    /** Ends all runs, or those of the servers in the body, at the next point where they can end. */
    private void cancel(Context context) throws IOException {
        RequestId id = RequestsResource.id(context);
        RolloutOrder.Cancel order = OrderReader.read(context, RolloutOrder::cancel);
        answer(
                context,
                id,
                rollouts.cancel(id, order.servers(), because("cancelled", order.reason()), clock.instant()));
    }

    private void answer(Context context, RequestId id, Answer answer) {
        switch (answer) {
            case DONE -> context.json(RolloutDocument.of(rollouts.standing(id).orElseThrow(RequestsResource::unknown)));
            case NO_SUCH_REQUEST -> throw RequestsResource.unknown();
            case ENDED -> throw new ConflictResponse("the request has ended");
            case NOT_HELD -> throw new ConflictResponse("the request is not held, there is nothing to resume");
            case ALREADY -> throw new ConflictResponse("the request is held or cancelled already");
        }
    }

    private static String because(String what, Optional<String> reason) {
        return what + reason.map(why -> ": " + why).orElse("");
    }
}
