package io.patchway.api.clc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.patchway.access.BearerTokens;
import io.patchway.access.BearerTokens.Issued;
import io.patchway.access.PasswordSignIn;
import io.patchway.access.PasswordSignIn.Admitted;
import io.patchway.access.PasswordSignIn.Refused;
import io.patchway.access.PasswordSignIn.TooMany;
import io.patchway.access.TooManyHashesException;
import io.patchway.access.UserAccount;
import io.patchway.audit.AuditLog;
import io.patchway.config.document.Fields;
import io.patchway.config.document.Kind;
import java.util.List;

/** {@code /v2/authentication}: gives a bearer token for a name and a password, and takes it back. */
public final class ClcSignIn implements ClcResource {
    /** The one path that needs no token. */
    static final String LOGIN = "/v2/authentication/login";

    private static final String TOKEN = "/v2/authentication/token";
    private static final String WRONG = "We didn't recognize the username or password you entered. Please try again.";
    private static final Kind<String> TEXT = Kind.text(0, 1000);
    private static final String DOOR = "clc";
    private static final long SECONDS_WHEN_BUSY = 5;

    private final PasswordSignIn signIn;
    private final BearerTokens tokens;
    private final ClcAccount account;
    private final AuditLog audit;

    private record Login(String name, String password) {
        static Login read(Fields fields) {
            return new Login(
                    fields.required("username", TEXT).orElse(""),
                    fields.required("password", TEXT).orElse(""));
        }

        /** Without the password. */
        @Override
        public String toString() {
            return name;
        }
    }

    public ClcSignIn(PasswordSignIn signIn, BearerTokens tokens, ClcAccount account, AuditLog audit) {
        this.signIn = signIn;
        this.tokens = tokens;
        this.account = account;
        this.audit = audit;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post(LOGIN, this::login);
        routes.delete(TOKEN, this::revoke);
    }

    /** 200 with the token; 400 when name or password are wrong; 429 after too many of these. */
    private void login(Context context) {
        Login login = ClcRequest.readJsonOrForm(context, Login::read);
        switch (check(login, context)) {
            case Admitted admitted -> answer(context, admitted.account());
            case Refused refused -> throw new ClcRefusal(400, WRONG);
            case TooMany tooMany -> {
                long seconds = Math.max(1, tooMany.pause().toSeconds() + 1);
                context.header("Retry-After", Long.toString(seconds));
                throw new ClcRefusal(429, "Too many wrong passwords. Try again in " + seconds + " seconds.");
            }
        }
    }

    private PasswordSignIn.Answer check(Login login, Context context) {
        try {
            return signIn.check(DOOR, login.name(), login.password(), context.ip());
        } catch (TooManyHashesException e) {
            context.header("Retry-After", Long.toString(SECONDS_WHEN_BUSY));
            throw new ClcRefusal(503, "Too many logins at the moment. Try again in some seconds.");
        }
    }

    /** These five members and no other: CenturyLink's Java SDK refuses the whole answer otherwise. */
    private void answer(Context context, UserAccount user) {
        List<String> roles = ClcRoles.of(user.user().role());
        String alias = account.aliasOf(user.user());
        Issued issued = tokens.issue(user, roles, alias, account.location());
        audit.record(
                DOOR + " " + context.ip(),
                "user.signed-in",
                "user " + user.user().name(),
                "token " + issued.claims().id() + " until " + issued.claims().expiresAt());
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("userName", user.user().name())
                .put("accountAlias", alias)
                .put("locationAlias", account.location());
        roles.forEach(body.putArray("roles")::add);
        context.json(body.put("bearerToken", issued.token()));
    }

    /** 204: the token that this call was made with counts no more. The real service had no such call. */
    private void revoke(Context context) {
        tokens.revoke(
                ClcDoor.tokenOf(context).orElseThrow(), ClcDoor.userOf(context).name());
        context.status(204);
    }
}
