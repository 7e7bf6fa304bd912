package io.patchway.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchway.report.SummaryDocument;
import io.patchway.run.History;
import io.patchway.run.MailOutbox.Kind;
import io.patchway.run.RequestId;
import io.patchway.run.RequestSummary;
import io.patchway.run.Webhook;
import io.patchway.run.WebhookOutbox.Delivery;
import io.patchway.server.ServerId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Exchange;
import org.apache.camel.Headers;

/** Writes what a webhook is told. Thread-safe. */
public final class WebhookComposer {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String HMAC = "HmacSHA256";

    private final Map<String, Webhook> webhooks;
    private final History history;
    private final Function<RequestId, List<ServerId>> leftInMaintenance;

    /** Without maintenance modes. */
    public WebhookComposer(List<Webhook> webhooks, History history) {
        this(webhooks, history, request -> List.of());
    }

    /** @param leftInMaintenance the servers that the runs of a request left in maintenance mode */
    public WebhookComposer(
            List<Webhook> webhooks, History history, Function<RequestId, List<ServerId>> leftInMaintenance) {
        this.webhooks = webhooks.stream().collect(Collectors.toUnmodifiableMap(Webhook::name, Function.identity()));
        this.history = history;
        this.leftInMaintenance = leftInMaintenance;
    }

    /**
     * Writes the request in short, and the headers that go with it: the event, the stable id of the delivery, and the
     * signature over the body when the webhook has a secret.
     *
     * @throws IOException when the secret cannot be read
     */
    public byte[] compose(Delivery delivery, @Headers Map<String, Object> headers)
            throws IOException, GeneralSecurityException {
        Webhook webhook = webhooks.get(delivery.webhook());
        String event = delivery.kind().name().toLowerCase(Locale.ROOT);
        RequestSummary request = history.request(delivery.request())
                .orElseThrow(
                        () -> new IllegalStateException("nothing is recorded about request " + delivery.request()));
        ObjectNode document = MAPPER.createObjectNode();
        document.put("event", event);
        document.put("deliveryId", delivery.deliveryId());
        document.set("request", SummaryDocument.of(request));
        if (delivery.kind() == Kind.VERDICT) {
            addMaintenance(document, leftInMaintenance.apply(request.id()));
        }
        byte[] body = MAPPER.writeValueAsBytes(document);
        headers.put(Exchange.HTTP_METHOD, "POST");
        headers.put(Exchange.CONTENT_TYPE, "application/json");
        headers.put("X-Patchway-Event", event);
        headers.put("X-Patchway-Delivery", delivery.deliveryId());
        if (webhook.url().getRawQuery() != null) {
            headers.put(Exchange.HTTP_RAW_QUERY, webhook.url().getRawQuery());
        }
        if (webhook.secretFile().isPresent()) {
            String secret = Files.readString(webhook.secretFile().get())
                    .lines()
                    .findFirst()
                    .orElse("")
                    .strip();
            headers.put("X-Patchway-Signature", "sha256=" + signature(secret, body));
        }
        return body;
    }

    private static void addMaintenance(ObjectNode document, List<ServerId> servers) {
        if (!servers.isEmpty()) {
            var left = document.putArray("leftInMaintenance");
            servers.forEach(server -> left.add(server.value()));
        }
    }

    private static String signature(String secret, byte[] body) throws IOException, GeneralSecurityException {
        if (secret.isEmpty()) {
            throw new IOException("the secret file of a webhook is empty");
        }
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
        return HexFormat.of().formatHex(mac.doFinal(body));
    }
}
