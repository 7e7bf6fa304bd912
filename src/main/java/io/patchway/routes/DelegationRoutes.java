package io.patchway.routes;

import io.patchway.connection.site.RefusedToken;
import io.patchway.connection.site.SiteAnswer;
import io.patchway.connection.site.SiteAnswers;
import io.patchway.connection.site.SiteCall;
import io.patchway.connection.site.SiteClient;
import io.patchway.connection.site.SiteHistory;
import io.patchway.run.RemoteSite.Execution;
import io.patchway.run.step.Delegation;
import io.patchway.run.step.StepWork;
import io.patchway.server.ConnectionSettings.Http;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;

/**
 * Hands server runs over to other sites. One route for each thing that is said to a site, and one for each site that
 * carries it there, so that each keeps its own connections. What comes back is an answer, whatever its status; only
 * what got none is an exception, and is the caller's to judge.
 */
public final class DelegationRoutes extends RouteBuilder implements AutoCloseable {
    /** A header by which a site says that it takes an order with the same {@link #ORDER_ID} for the same. */
    public static final String HONOURS = "Patchway-Honours";

    /** The header with the identity of an order. */
    public static final String ORDER_ID = "Idempotency-Key";

    private static final int UNAUTHORIZED = 401;
    private static final String CALL = "patchwayCall";
    private static final String SITE = "patchwaySite";
    private static final String OPTIONS = "?bridgeEndpoint=true&throwExceptionOnFailure=false&followRedirects=false"
            + "&copyHeaders=false&userAgent=Patchway";

    private final Delegation delegation;
    private final Map<Place, Integer> sites = new LinkedHashMap<>();
    private final Map<Place, CloseableHttpClient> clients = new LinkedHashMap<>();
    private final Clock clock;

    /** @param sites those that servers may be handed over to */
    public DelegationRoutes(Delegation delegation, Collection<Http> sites, Clock clock) {
        this.delegation = delegation;
        this.clock = clock;
        for (Http site : sites) {
            this.sites.putIfAbsent(Place.of(site), this.sites.size() + 1);
        }
    }

    @Override
    public void configure() throws Exception {
        from("direct:delegate-run")
                .routeId("delegate-run")
                .routeConfigurationId(TroubleWithRuns.ID)
                .description("Takes a step of a run whose server another site patches")
                .transform()
                .body(StepWork.class, delegation::take)
                .to("direct:commit-step");

        from("direct:sign-in-elsewhere")
                .routeId("sign-in-elsewhere")
                .errorHandler(noErrorHandler())
                .description("Exchanges user and password for a token of another site")
                .to("direct:call-elsewhere")
                .transform()
                .exchange(exchange -> SiteAnswers.session(call(exchange).site(), answer(exchange), clock.instant()));

        from("direct:find-elsewhere")
                .routeId("find-elsewhere")
                .errorHandler(noErrorHandler())
                .description("Makes sure that another site knows a server")
                .to("direct:call-elsewhere")
                .transform()
                .exchange(exchange -> SiteAnswers.repeatable(call(exchange).site(), answer(exchange)));

        from("direct:hand-over")
                .routeId("hand-over")
                .errorHandler(noErrorHandler())
                .description("Orders another site to patch a server")
                .to("direct:call-elsewhere")
                .transform()
                .exchange(exchange -> SiteAnswers.order(call(exchange).site(), answer(exchange)));

        from("direct:ask-status")
                .routeId("ask-status")
                .errorHandler(noErrorHandler())
                .description("Asks another site how an order is getting on")
                .to("direct:call-elsewhere")
                .transform()
                .exchange(exchange -> SiteAnswers.progress(answer(exchange)));

        from("direct:fetch-history")
                .routeId("fetch-history")
                .errorHandler(noErrorHandler())
                .description("Fetches what another site has executed on a server")
                .to("direct:call-elsewhere")
                .transform()
                .exchange(exchange -> SiteHistory.executions(call(exchange).site(), answer(exchange))
                        .toArray(Execution[]::new));

        from("direct:fetch-execution")
                .routeId("fetch-execution")
                .errorHandler(noErrorHandler())
                .description("Fetches what one execution of another site has done")
                .to("direct:call-elsewhere")
                .transform()
                .exchange(exchange -> SiteHistory.detail(call(exchange).site(), answer(exchange)));

        from("direct:call-elsewhere")
                .routeId("call-elsewhere")
                .errorHandler(noErrorHandler())
                .description("Writes a call with the headers that are meant, and no others, and brings it to its site")
                .removeHeaders("*")
                .process(this::write)
                // The number is ours; nothing of the configuration or of a site gets into this expression.
                .toD("direct:call-site-${exchangeProperty." + SITE + "}");

        for (Map.Entry<Place, Integer> site : sites.entrySet()) {
            from("direct:call-site-" + site.getValue())
                    .routeId("call-site-" + site.getValue())
                    .errorHandler(noErrorHandler())
                    .description("Calls " + site.getKey().url())
                    .to(endpoint(site.getKey()))
                    .transform()
                    .exchange(DelegationRoutes::read);
        }
    }

    private HttpEndpoint endpoint(Place place) throws Exception {
        // Not one that the context keeps by its address: two places may have the same, and differ in whom they trust.
        HttpEndpoint endpoint = (HttpEndpoint)
                getContext().getComponent(place.url().getScheme()).createEndpoint(place.url() + OPTIONS);
        CloseableHttpClient client = SiteClient.of(place.certificates());
        clients.put(place, client);
        endpoint.setHttpClient(client);
        return endpoint;
    }

    private void write(Exchange exchange) {
        SiteCall call = exchange.getMessage().getBody(SiteCall.class);
        Integer site = sites.get(Place.of(call.site()));
        exchange.setProperty(CALL, call);
        exchange.setProperty(SITE, site);
        Message message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_METHOD, call.method());
        message.setHeader(Exchange.HTTP_PATH, call.path());
        message.setHeader("Accept", "application/json");
        call.token().ifPresent(token -> message.setHeader("Authorization", "Bearer " + token));
        call.orderId().ifPresent(id -> message.setHeader(ORDER_ID, id));
        call.body().ifPresent(body -> message.setHeader(Exchange.CONTENT_TYPE, "application/json"));
        message.setBody(
                call.body().map(body -> body.getBytes(StandardCharsets.UTF_8)).orElse(null));
    }

    /** @throws RefusedToken when the site says so */
    private static SiteAnswer read(Exchange exchange) {
        Message message = exchange.getMessage();
        String honoured = message.getHeader(HONOURS, "", String.class);
        byte[] body = Optional.ofNullable(message.getBody(byte[].class)).orElse(new byte[0]);
        SiteAnswer answer = new SiteAnswer(
                message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class),
                honoured.equalsIgnoreCase(ORDER_ID),
                body);
        message.removeHeaders("*");
        if (answer.status() == UNAUTHORIZED && call(exchange).token().isPresent()) {
            throw new RefusedToken(call(exchange));
        }
        return answer;
    }

    private static SiteCall call(Exchange exchange) {
        return exchange.getProperty(CALL, SiteCall.class);
    }

    private static SiteAnswer answer(Exchange exchange) {
        return exchange.getMessage().getBody(SiteAnswer.class);
    }

    @Override
    public void close() throws IOException {
        for (CloseableHttpClient client : clients.values()) {
            client.close();
        }
    }

    /** Where a site is, and whose certificates it may show. */
    private record Place(URI url, Optional<Path> certificates) {
        static Place of(Http site) {
            return new Place(site.url(), site.trustedCertificates());
        }
    }
}
