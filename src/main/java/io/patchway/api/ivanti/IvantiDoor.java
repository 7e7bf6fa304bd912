package io.patchway.api.ivanti;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.patchway.access.TooManyHashesException;
import io.patchway.access.User;
import io.patchway.api.Dialect;
import io.patchway.api.RefusedCallers;
import io.patchway.api.ivanti.SignInMethod.Forbidden;
import io.patchway.api.ivanti.SignInMethod.GoOn;
import io.patchway.api.ivanti.SignInMethod.NotMine;
import io.patchway.api.ivanti.SignInMethod.Refused;
import io.patchway.api.ivanti.SignInMethod.SignedIn;
import io.patchway.api.ivanti.SignInMethod.TooMany;
import io.patchway.audit.AuditLog;
import io.patchway.store.DatabaseUnavailable;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /st/console/api/v1.0} in any letter case, and {@code /stconsole/api/v1.0}, which a page of the original's help
 * prints by mistake and scripts have copied: speaks as Security Controls does. Nothing of a call is read before its
 * sender has signed in.
 */
public final class IvantiDoor implements Dialect {
    /** The base path, in the letter case of the links that are given out. */
    public static final String BASE = "/st/console/api/v1.0/";

    private static final List<String> BASES = List.of(BASE, "/stconsole/api/v1.0/");
    private static final Logger LOG = LoggerFactory.getLogger(IvantiDoor.class);
    private static final int MOST_REFUSALS = 10;

    private final List<SignInMethod> methods;
    private final IvantiRoutes routes = new IvantiRoutes();
    private final Links links;
    private final AuditLog audit;
    private final RefusedCallers refused;

    /**
     * @param methods the ways to sign in, in the order in which they are offered
     * @param links what the links in answers begin with
     * @param resources the groups of paths that it serves
     */
    public IvantiDoor(
            List<SignInMethod> methods, Links links, AuditLog audit, Clock clock, List<IvantiResource> resources) {
        this.methods = List.copyOf(methods);
        this.links = links;
        this.audit = audit;
        this.refused = new RefusedCallers(MOST_REFUSALS, clock);
        resources.forEach(resource -> resource.addTo(routes));
    }

    /** Javalin's own routes know one letter case for all dialects, so that the paths are told apart in here. */
    @Override
    public void addTo(RoutesConfig javalin) {
        javalin.before(context -> path(context).ifPresent(path -> {
            context.skipRemainingHandlers();
            answer(context, path);
        }));
    }

    private static Optional<String> path(Context context) {
        String given = context.path();
        return BASES.stream()
                .filter(base ->
                        given.regionMatches(true, 0, base, 0, base.length()) || base.equalsIgnoreCase(given + "/"))
                .map(base -> given.substring(Math.min(base.length(), given.length())))
                .findFirst();
    }

    private void answer(Context context, String path) {
        try {
            Optional<User> user = admit(context);
            if (user.isPresent()) {
                carryOut(context, path, user.get());
            }
        } catch (IvantiRefusal refusal) {
            refuse(context, refusal.status(), refusal.getMessage());
        } catch (TooManyHashesException busy) {
            context.header("Retry-After", "5");
            refuse(context, 503, "Too many passwords are being checked at the moment. Try again later.");
        } catch (DatabaseUnavailable outage) {
            LOG.warn("{} {} is answered with 503: {}", context.method(), context.path(), outage.getMessage());
            context.header("Retry-After", "10");
            refuse(context, 503, "The database is away for the moment. Try again later.");
        } catch (RuntimeException error) {
            UUID id = UUID.randomUUID();
            LOG.error("Error {} in {} {}", id, context.method(), context.path(), error);
            refuse(context, 500, "Something went wrong; the log has it as error " + id + ".");
        }
    }

    /**
     * The original has no accounts, and so no words for one: a user who is kept to some cannot be kept to them here.
     */
    private static void refuseScoped(User user) {
        if (!user.aliases().isEmpty()) {
            throw new IvantiRefusal(
                    403,
                    "User " + user.name() + " may work under " + String.join(", ", user.aliases())
                            + " only, and this API knows no accounts: it takes a user without aliases.");
        }
    }

    private void carryOut(Context context, String path, User user) {
        refuseScoped(user);
        IvantiRoutes.Match match = routes.find(context.method().name(), path);
        if (!user.role().covers(match.least())) {
            throw new IvantiRefusal(403, "This takes the role " + match.least() + "; yours is " + user.role() + ".");
        }
        match.handler().handle(new IvantiCall(context, user, match.values(), links));
    }

    private Optional<User> admit(Context context) {
        for (SignInMethod method : methods) {
            switch (method.answer(context)) {
                case NotMine ignored -> {}
                case SignedIn signedIn -> {
                    return Optional.of(signedIn.user());
                }
                case Refused refusal -> {
                    challenge(context, refusal.reason());
                    return Optional.empty();
                }
                case GoOn next -> {
                    passOverBody(context);
                    context.status(401).header("WWW-Authenticate", next.challenge());
                    return Optional.empty();
                }
                case TooMany tooMany -> {
                    long seconds = tooMany.pause().toSeconds() + 1;
                    context.header("Retry-After", Long.toString(seconds));
                    throw new IvantiRefusal(429, "Too many wrong passwords; wait " + seconds + " seconds.");
                }
                case Forbidden forbidden -> throw new IvantiRefusal(403, forbidden.message());
            }
        }
        challenge(context, "");
        return Optional.empty();
    }

    /** The sign-in goes on over the same connection, which what was left unread would end. */
    private static void passOverBody(Context context) {
        try {
            context.req().getInputStream().readNBytes(IvantiCall.MOST_BYTES);
        } catch (IOException | HttpException.RuntimeException e) {
            LOG.debug("The body of a call that does not sign in yet did not arrive", e);
        }
    }

    /**
     * The first call of many clients has no sign-in, and asks for this challenge; that is nothing to take down.
     *
     * @param wrong what was wrong with the sign-in that was tried; empty when none was
     */
    private void challenge(Context context, String wrong) {
        if (!wrong.isEmpty()) {
            audit.record("ivanti " + context.ip(), "api.refused", context.method() + " " + context.path(), wrong);
            if (refused.isOneTooMany(context.ip())) {
                context.header("Retry-After", Long.toString(RefusedCallers.SPAN.toSeconds()));
                throw new IvantiRefusal(429, "Too many calls without the right sign-in; wait a minute.");
            }
        }
        context.status(401);
        methods.stream()
                .flatMap(method -> method.challenge(context).stream())
                .forEach(challenge -> context.res().addHeader("WWW-Authenticate", challenge));
    }

    private static void refuse(Context context, int status, String message) {
        context.status(status)
                .contentType("application/json; charset=utf-8")
                .result(IvantiJson.of(java.util.Map.of("message", message)));
    }
}
