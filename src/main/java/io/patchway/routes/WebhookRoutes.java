package io.patchway.routes;

import io.patchway.run.Webhook;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.http.HttpComponent;

/** Makes one route for each webhook from the template {@code webhook}, so that a slow receiver delays only itself. */
public final class WebhookRoutes {
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(10);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(30);

    private WebhookRoutes() {}

    /** Adds the routes; the template must be loaded. */
    public static void addTo(CamelContext camel, List<Webhook> webhooks) {
        bePatientOnlySoLong(camel.getComponent("http", HttpComponent.class));
        bePatientOnlySoLong(camel.getComponent("https", HttpComponent.class));
        for (Webhook webhook : webhooks) {
            TemplatedRouteBuilder.builder(camel, "webhook")
                    .parameter("webhook", webhook.name())
                    .parameter("receiver", endpoint(webhook.url()))
                    .routeId("webhook-" + webhook.name())
                    .add();
        }
    }

    /**
     * The address as Camel wants it. The query is left out: Camel would look for its own options there; the composer
     * adds it to each call.
     */
    private static String endpoint(URI url) {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getScheme() + "://" + url.getHost() + port + url.getRawPath()
                + "?bridgeEndpoint=true&followRedirects=false&ignoreResponseBody=true&skipResponseHeaders=true"
                + "&copyHeaders=false&userAgent=Patchway";
    }

    private static void bePatientOnlySoLong(HttpComponent component) {
        component.setConnectTimeout(CONNECT_PATIENCE.toMillis());
        component.setConnectionRequestTimeout(CONNECT_PATIENCE.toMillis());
        component.setSoTimeout(ANSWER_PATIENCE.toMillis());
        component.setResponseTimeout(ANSWER_PATIENCE.toMillis());
    }
}
