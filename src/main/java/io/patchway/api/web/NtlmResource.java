package io.patchway.api.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.ServiceUnavailableResponse;
import io.patchway.access.NtlmDesk;
import io.patchway.access.NtlmDesk.Outcome;
import io.patchway.access.TooManyHashesException;
import io.patchway.config.UserOrder;
import java.io.IOException;
import java.util.Map;

/** {@code /api/users/NAME/ntlm}: whether a user may sign in by NTLM. */
public final class NtlmResource implements Resource {
    private static final String PATH = "/api/users/{name}/ntlm";

    private final NtlmDesk desk;

    public NtlmResource(NtlmDesk desk) {
        this.desk = desk;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(PATH, this::show);
        routes.put(PATH, this::turnOn);
        routes.delete(PATH, this::turnOff);
    }

    /** 200; 404 when there is no such user. */
    private void show(Context context) {
        boolean on = desk.isOn(context.pathParam("name")).orElseThrow(NtlmResource::unknown);
        context.json(Map.of("on", on));
    }

    /** 200 with a warning; 400 unless the body has the user's password; 404; 409 when the user is disabled. */
    private void turnOn(Context context) throws IOException {
        String password = OrderReader.read(context, UserOrder::password)
                .orElseThrow(() -> new BadRequestResponse("password: say the present password of the user"));
        switch (turnedOn(context, password)) {
            case DONE -> context.json(Map.of("on", true, "warning", NtlmDesk.WARNING));
            case UNKNOWN -> throw unknown();
            case DISABLED -> throw new ConflictResponse("the user is disabled");
            case WRONG_PASSWORD -> throw new BadRequestResponse("password: is not that of the user");
        }
    }

    private Outcome turnedOn(Context context, String password) {
        try {
            return desk.turnOn(context.pathParam("name"), password, actor(context));
        } catch (TooManyHashesException e) {
            throw new ServiceUnavailableResponse(e.getMessage());
        }
    }

    /** 204; 404 when there is no such user. */
    private void turnOff(Context context) {
        if (desk.turnOff(context.pathParam("name"), actor(context)) == Outcome.UNKNOWN) {
            throw unknown();
        }
        context.status(HttpStatus.NO_CONTENT);
    }

    private static String actor(Context context) {
        return "api " + context.ip();
    }

    private static NotFoundResponse unknown() {
        return new NotFoundResponse("there is no such user");
    }
}
