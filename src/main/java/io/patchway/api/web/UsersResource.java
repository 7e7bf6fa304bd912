package io.patchway.api.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.ServiceUnavailableResponse;
import io.patchway.access.BearerTokens;
import io.patchway.access.TooManyHashesException;
import io.patchway.access.UserAccount;
import io.patchway.access.UserDesk;
import io.patchway.access.UserDesk.Admitted;
import io.patchway.access.UserDesk.Edit;
import io.patchway.config.UserOrder;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code /api/users}: adds, shows and changes the users who sign in with a name and a password. */
public final class UsersResource implements Resource {
    private static final String USERS = "/api/users";
    private static final String USER = USERS + "/{name}";

    private final UserDesk desk;
    private final BearerTokens tokens;

    public UsersResource(UserDesk desk, BearerTokens tokens) {
        this.desk = desk;
        this.tokens = tokens;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(USERS, this::list);
        routes.post(USERS, this::add);
        routes.get(USER, this::show);
        routes.patch(USER, this::change);
        routes.post(USER + "/password", this::setPassword);
        routes.post(USER + "/disable", this::disable);
        routes.post(USER + "/enable", this::enable);
        routes.delete(USER + "/tokens", this::revokeTokens);
        routes.delete(USER + "/tokens/{id}", this::revokeToken);
    }

    /** 200 with every user, also those that are disabled; never with a password or its hash. */
    private void list(Context context) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        var list = document.putArray("users");
        desk.all().forEach(account -> list.add(document(account)));
        context.json(document);
    }

    /** 200; 404 when there is no such user. */
    private void show(Context context) {
        context.json(document(desk.find(context.pathParam("name")).orElseThrow(UsersResource::unknown)));
    }

    /** 201, with the password if none was given, which is never shown again; 400; 409 when the name is taken. */
    private void add(Context context) throws IOException {
        UserOrder.Add order = OrderReader.read(context, UserOrder::add);
        Admitted added = checked(() -> desk.add(order.user(), order.password(), actor(context)))
                .orElseThrow(() -> new ConflictResponse("there is a user of this name already"));
        context.status(HttpStatus.CREATED).json(document(added));
    }

    /** 200 with the new state; 400; 404. What the order does not name stays. */
    private void change(Context context) throws IOException {
        Edit edit = OrderReader.read(context, UserOrder::edit);
        context.json(document(checked(() -> desk.change(context.pathParam("name"), edit, actor(context)))
                .orElseThrow(UsersResource::unknown)));
    }

    /** 200, with the password if none was given, which is never shown again; 400; 404. The user's tokens end. */
    private void setPassword(Context context) throws IOException {
        Optional<String> password = OrderReader.read(context, UserOrder::password);
        context.json(document(checked(() -> desk.setPassword(context.pathParam("name"), password, actor(context)))
                .orElseThrow(UsersResource::unknown)));
    }

    private void disable(Context context) {
        answer(context, desk.disable(context.pathParam("name"), actor(context)));
    }

    private void enable(Context context) {
        answer(context, desk.enable(context.pathParam("name"), actor(context)));
    }

    private void revokeTokens(Context context) {
        answer(context, desk.revokeTokens(context.pathParam("name"), actor(context)));
    }

    /** 204; 404 when there is no such user, or it was revoked already. The audit log has the ids of tokens. */
    private void revokeToken(Context context) {
        UserAccount account = desk.find(context.pathParam("name")).orElseThrow(UsersResource::unknown);
        if (!checked(
                () -> tokens.revokeById(context.pathParam("id"), account.user().name(), actor(context)))) {
            throw new NotFoundResponse("this token was revoked already");
        }
        context.status(HttpStatus.NO_CONTENT);
    }

    /** 204; 404 when there is no such user. */
    private static void answer(Context context, Optional<UserAccount> changed) {
        if (changed.isEmpty()) {
            throw unknown();
        }
        context.status(HttpStatus.NO_CONTENT);
    }

    private static <T> T checked(Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse(e.getMessage());
        } catch (TooManyHashesException e) {
            throw new ServiceUnavailableResponse(e.getMessage());
        }
    }

    private static ObjectNode document(Admitted admitted) {
        ObjectNode document = document(admitted.account());
        admitted.generated().ifPresent(password -> document.put("password", password));
        return document;
    }

    private static ObjectNode document(UserAccount account) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("name", account.user().name())
                .put("role", account.user().role().name().toLowerCase(Locale.ROOT));
        account.user().aliases().forEach(document.putArray("aliases")::add);
        account.user().email().ifPresent(address -> document.put("email", address));
        document.put("createdAt", account.createdAt().toString())
                .put("passwordSetAt", account.passwordSetAt().toString());
        account.disabledAt().ifPresent(since -> document.put("disabledAt", since.toString()));
        return document;
    }

    private static String actor(Context context) {
        return "api " + context.ip();
    }

    private static NotFoundResponse unknown() {
        return new NotFoundResponse("there is no such user");
    }
}
