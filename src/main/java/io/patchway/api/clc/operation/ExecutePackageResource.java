package io.patchway.api.clc.operation;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.patchway.access.Role;
import io.patchway.access.User;
import io.patchway.api.clc.ClcDoor;
import io.patchway.api.clc.ClcRefusal;
import io.patchway.api.clc.ClcRequest;
import io.patchway.api.clc.ClcResource;
import io.patchway.api.clc.OperationEntities;
import io.patchway.run.ExecutionIds;
import io.patchway.run.RefusedRequestException;
import io.patchway.run.TooBusyException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code POST /v2/operations/{alias}/servers/executePackage}: patches servers. */
public final class ExecutePackageResource implements ClcResource {
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private final PackageDesk desk;
    private final ExecutionIds ids;

    public ExecutePackageResource(PackageDesk desk, ExecutionIds ids) {
        this.desk = desk;
        this.ids = ids;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post("/v2/operations/{alias}/servers/executePackage", this::post);
    }

    /**
     * An order with the key of an earlier one of the same user is that order, however long ago it was. 200 with an
     * entity for each distinct server, also when every one is refused; 400 when the body or the package makes no sense,
     * 429 when there is too much to do already; then nothing is started.
     */
    private void post(Context context) {
        String alias = context.pathParam("alias");
        User user = ClcDoor.caller(context, Role.OPERATOR, alias);
        PackageOrder order = ClcRequest.read(context, PackageOrder::read);
        OperationEntities entities = new OperationEntities(alias, ids);
        try {
            desk.execute(user, alias, order, context.ip(), key(context))
                    .forEach((server, number) -> number.ifPresentOrElse(
                            queued -> entities.queued(server, queued),
                            () -> entities.refused(server, OperationEntities.CANNOT_BE_QUEUED)));
        } catch (TooBusyException e) {
            context.header("Retry-After", Long.toString(e.retryAfter().toSeconds()));
            throw new ClcRefusal(429, "Too much is waiting already: " + e.getMessage() + ".");
        } catch (RefusedRequestException e) {
            throw refusal(e);
        }
        context.json(entities.toJson());
    }

    /** The identity that a client gives its order; one that keeps to the documented API gives none. */
    private static Optional<String> key(Context context) {
        Optional<String> key = Optional.ofNullable(context.header("Idempotency-Key"));
        if (key.filter(text -> !KEY.matcher(text).matches()).isPresent()) {
            throw new ClcRefusal(400, "Idempotency-Key must be 1 to 200 visible ASCII characters.");
        }
        return key;
    }

    /** Some clients show the message only, others the fields only. */
    private static ClcRefusal refusal(RefusedRequestException refused) {
        String field = refused.field().equals("package") ? "package.packageId" : refused.field();
        return new ClcRefusal(
                400,
                "The request is invalid. " + field + ": " + refused.getMessage(),
                Map.of("body." + field, List.of(refused.getMessage())));
    }
}
