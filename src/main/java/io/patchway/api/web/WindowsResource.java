package io.patchway.api.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import io.patchway.run.Page;
import io.patchway.run.window.StoredWindow;
import io.patchway.run.window.WindowExecution;
import io.patchway.run.window.WindowExecutions;
import io.patchway.run.window.WindowOpener;
import io.patchway.run.window.Windows;
import io.patchway.window.WindowId;
import java.time.Clock;
import java.time.Instant;

/**
 * {@code /api/windows}: all maintenance windows, their executions, and {@code POST /api/windows/{id}/run}, which opens
 * one now, whatever its schedule says. That answers 202 with the execution; 404 when there is no such window, 409 while
 * an execution of it is going on or when nothing would be done.
 */
public final class WindowsResource implements Resource {
    private final Windows windows;
    private final WindowExecutions executions;
    private final WindowOpener opener;
    private final Clock clock;

    public WindowsResource(Windows windows, WindowExecutions executions, WindowOpener opener, Clock clock) {
        this.windows = windows;
        this.executions = executions;
        this.opener = opener;
        this.clock = clock;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/windows", this::list);
        routes.get("/api/windows/{id}/executions", this::executions);
        routes.post("/api/windows/{id}/run", this::run);
    }

    private void list(Context context) {
        Instant now = clock.instant();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        var all = answer.putArray("windows");
        windows.all().forEach(window -> all.add(WindowDocument.of(window, now)));
        context.json(answer);
    }

    private void executions(Context context) {

        WindowId id = id(context);
        Page<WindowExecution> page = executions.of(id, PageQuery.cursor(context), PageQuery.limit(context));
        if (page.entries().isEmpty() && windows.find(id).isEmpty()) {
            throw unknown();
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        var all = answer.putArray("executions");
        page.entries().forEach(execution -> all.add(WindowDocument.of(execution)));
        page.next().ifPresent(next -> answer.put("next", next));
        context.json(answer);
    }

    private void run(Context context) {
        StoredWindow window = windows.find(id(context)).orElseThrow(WindowsResource::unknown);
        if (window.tasks().isEmpty()) {
            throw new ConflictResponse("the window has no task; nothing would be done");
        }
        WindowExecution execution =
                opener.openNow(window, "api " + context.ip()).orElseThrow(() -> new ConflictResponse(goingOn(window)));
        context.status(HttpStatus.ACCEPTED).json(WindowDocument.of(execution));
    }

    private String goingOn(StoredWindow window) {
        return "an execution of the window is going on"
                + executions
                        .goingOn(window.id())
                        .map(execution -> ": " + execution.id() + " until "
                                + execution.opening().closes())
                        .orElse("");
    }

    private static WindowId id(Context context) {
        try {
            return new WindowId(context.pathParam("id"));
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse(e.getMessage());
        }
    }

    private static NotFoundResponse unknown() {
        return new NotFoundResponse("there is no such maintenance window");
    }
}
