package io.patchway.routes;

import io.patchway.connection.site.CallTrouble;
import io.patchway.connection.site.RefusedToken;
import io.patchway.connection.site.SiteCall;
import io.patchway.connection.site.SiteCalls;
import io.patchway.connection.site.SiteSession;
import io.patchway.connection.site.SiteSessions;
import io.patchway.run.OperationId;
import io.patchway.run.RemoteSite;
import io.patchway.run.ServerFault;
import io.patchway.server.ConnectionSettings.Http;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Talks to other sites through the routes of {@link DelegationRoutes}. A token that is refused is renewed once. */
public final class CamelSite implements RemoteSite, AutoCloseable {
    private final ProducerTemplate routes;
    private final SiteSessions sessions;

    public CamelSite(CamelContext camel, Clock clock) {
        this.routes = camel.createProducerTemplate();
        this.sessions = new SiteSessions(this::signIn, clock);
    }

    @Override
    public Ready prepare(Http server) {
        boolean repeatable = ask("direct:find-elsewhere", Boolean.class, server, SiteCalls::server);
        return new Ready(history(server).stream().map(Execution::id).findFirst(), repeatable);
    }

    @Override
    public Answer handOver(Http server, UUID scriptPackage, OperationId operation) {
        Function<SiteSession, SiteCall> order = session -> SiteCalls.order(server, session, scriptPackage, operation);
        try {
            return signedIn(server, session -> send("direct:hand-over", Answer.class, order.apply(session)));
        } catch (Unanswered e) {
            return e.unsent() ? new Answer.NotSent(e.getMessage()) : new Answer.Lost(e.getMessage());
        } catch (ServerFault fault) {
            // Signing in failed; the order itself never ends in a fault.
            return new Answer.NotSent(fault.getMessage());
        }
    }

    @Override
    public Progress progress(Http server, String operation) {
        return ask(
                "direct:ask-status",
                Progress.class,
                server,
                (site, session) -> SiteCalls.status(site, session, operation));
    }

    @Override
    public List<Execution> history(Http server) {
        return Arrays.asList(ask("direct:fetch-history", Execution[].class, server, SiteCalls::history));
    }

    @Override
    public Detail detail(Http server, String execution) {
        return ask(
                "direct:fetch-execution",
                Detail.class,
                server,
                (site, session) -> SiteCalls.execution(site, session, execution));
    }

    private SiteSession signIn(Http site) {
        return asFault(() -> send("direct:sign-in-elsewhere", SiteSession.class, SiteCalls.signIn(site)));
    }

    private <T> T ask(String route, Class<T> type, Http site, Question question) {
        return asFault(() -> signedIn(site, session -> send(route, type, question.of(site, session))));
    }

    /** A token may have been taken back, or another node of the site may not know it: one is got anew, once. */
    private <T> T signedIn(Http site, Function<SiteSession, T> work) {
        SiteSession session = sessions.of(site);
        try {
            return work.apply(session);
        } catch (RefusedToken refused) {
            sessions.refused(site, session);
        }
        try {
            return work.apply(sessions.of(site));
        } catch (RefusedToken refused) {
            throw new ServerFault(
                    ServerFault.Kind.LOGIN_REFUSED,
                    site.url() + " refuses a token that it has just issued to " + site.user(),
                    refused);
        }
    }

    private <T> T send(String route, Class<T> type, SiteCall call) {
        Exchange exchange =
                routes.request(route, prepared -> prepared.getMessage().setBody(call));
        Exception failure = exchange.getException();
        if (failure instanceof ServerFault || failure instanceof RefusedToken) {
            throw (RuntimeException) failure;
        }
        if (failure != null) {
            CallTrouble trouble = CallTrouble.of(call, failure);
            throw new Unanswered(trouble, failure);
        }
        return exchange.getMessage().getBody(type);
    }

    private static <T> T asFault(Supplier<T> work) {
        try {
            return work.get();
        } catch (Unanswered e) {
            throw new ServerFault(ServerFault.Kind.UNREACHABLE, e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        routes.close();
    }

    /** Writes a question in a session. */
    private interface Question {
        SiteCall of(Http site, SiteSession session);
    }

    /** A call got no answer. */
    private static final class Unanswered extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final boolean unsent;

        Unanswered(CallTrouble trouble, Exception cause) {
            super(trouble.text(), cause);
            this.unsent = trouble.unsent();
        }

        /** Whether not a byte of it can have arrived. */
        boolean unsent() {
            return unsent;
        }
    }
}
