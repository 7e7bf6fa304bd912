package io.patchway.api.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import io.patchway.run.Outbox;
import io.patchway.run.Outbox.Entry;
import io.patchway.run.Outbox.State;
import io.patchway.run.Page;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** {@code /api/outbox}: shows what waits, was sent or was given up, and has it tried again. */
public final class OutboxResource implements Resource {
    private final Outbox outbox;
    private final Clock clock;

    public OutboxResource(Outbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/outbox", this::list);
        routes.post("/api/outbox/{id}/retry", this::retry);
    }

    private void list(Context context) {
        String word = Optional.ofNullable(context.queryParam("state")).orElse("waiting");
        State state = state(word);
        int limit = PageQuery.limit(context);
        Page<Entry> page = outbox.list(state, PageQuery.cursor(context).map(OutboxResource::id), limit);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        var list = document.putArray("entries");
        page.entries().forEach(entry -> list.add(document(entry)));
        page.next()
                .ifPresent(next ->
                        document.put("next", "/api/outbox?state=" + word + "&limit=" + limit + "&cursor=" + next));
        context.json(document);
    }

    /** 202 when it will be tried; 404 when there is no such entry; 409 when it was sent. */
    private void retry(Context context) {
        boolean due = outbox.retry(id(context.pathParam("id")), "api " + context.ip(), clock.instant())
                .orElseThrow(() -> new NotFoundResponse("there is no such entry"));
        if (!due) {
            throw new ConflictResponse("it was sent already");
        }
        context.status(HttpStatus.ACCEPTED);
    }

    private static State state(String word) {
        return switch (word) {
            case "waiting" -> State.WAITING;
            case "sent" -> State.SENT;
            case "dead" -> State.DEAD;
            default -> throw new BadRequestResponse("state must be waiting, sent or dead");
        };
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFoundResponse("there is no such entry");
        }
    }

    private static ObjectNode document(Entry entry) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("id", entry.id().toString())
                .put("requestId", entry.request().toString())
                .put("channel", entry.channel().toLowerCase(Locale.ROOT))
                .put("receiver", entry.receiver())
                .put("kind", entry.kind().name().toLowerCase(Locale.ROOT))
                .put("deliveryId", entry.deliveryId())
                .put("state", entry.state().name().toLowerCase(Locale.ROOT))
                .put("createdAt", entry.createdAt().toString())
                .put("attempts", entry.attempts());
        entry.dueAt().ifPresent(due -> document.put("dueAt", due.toString()));
        entry.endedAt().ifPresent(end -> document.put("endedAt", end.toString()));
        entry.remark().ifPresent(remark -> document.put("remark", remark));
        return document;
    }
}
