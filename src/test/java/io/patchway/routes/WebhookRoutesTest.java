package io.patchway.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.patchway.rollout.Rollout;
import io.patchway.run.MailOutbox.Kind;
import io.patchway.run.Operation;
import io.patchway.run.Outbox.State;
import io.patchway.run.PatchRequest;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestId;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunState;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.run.Webhook;
import io.patchway.server.ServerId;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import io.patchway.store.SqlHistory;
import io.patchway.store.SqlOutbox;
import io.patchway.store.SqlRunLedger;
import io.patchway.store.SqlWebhookOutbox;
import io.patchway.webhook.WebhookComposer;
import io.patchway.webhook.WebhookRoom;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The webhook routes as they ship, from the outbox in a real database to a real HTTP server. */
class WebhookRoutesTest extends CamelTestSupport {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    /** A call as it arrived. */
    private record Call(String path, String query, Map<String, String> headers, String body) {}

    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Deque<Integer> answers = new ArrayDeque<>();
    private Javalin receiver;
    private Database database;
    private SqlRunLedger ledger;

    @BeforeEach
    void startReceiver() {
        receiver = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.routes.post("/*", context -> {
                calls.add(new Call(context.path(), context.queryString(), context.headerMap(), context.body()));
                Integer answer = answers.poll();
                context.status(answer == null ? 200 : answer).header("Location", "/elsewhere");
            });
        });
        receiver.start("127.0.0.1", 0);
    }

    @AfterEach
    void close() {
        context().stop();
        receiver.stop();
        database.close();
    }

    @Test
    void bothEventsArriveOnceEachInOrderSignedAndWithTheQueryOfTheAddress() throws Exception {
        start("/hooks/chat?key=a%20b&httpMethod=DELETE", Set.of(Kind.REQUESTED, Kind.VERDICT));
        RequestId request = patch();

        await().atMost(PATIENCE).until(() -> calls.size() == 2);

        Call requested = calls.get(0);
        assertThat(requested.path()).isEqualTo("/hooks/chat");
        assertThat(requested.query()).isEqualTo("key=a%20b&httpMethod=DELETE");
        assertThat(requested.headers())
                .containsEntry("X-Patchway-Event", "requested")
                .containsEntry("X-Patchway-Delivery", request + ".requested.chat")
                .containsEntry("X-Patchway-Signature", "sha256=" + signature(requested.body()))
                .containsEntry("Content-Type", "application/json")
                .allSatisfy((name, value) -> assertThat(name).doesNotStartWithIgnoringCase("camel"));
        JsonNode verdict = new ObjectMapper().readTree(calls.get(1).body());
        assertThat(verdict.path("event").asText()).isEqualTo("verdict");
        assertThat(verdict.path("request").path("requestId").asText()).isEqualTo(request.toString());
        assertThat(verdict.path("request").path("succeeded").asBoolean()).isTrue();
        assertThat(verdict.path("request").path("states").path("SUCCEEDED").asInt())
                .isEqualTo(1);
    }

    @Test
    void aReceiverThatFailsIsCalledAgainUnderTheSameIdAndTheVerdictWaits() throws Exception {
        answers.addAll(List.of(503, 500));
        start("/", Set.of(Kind.REQUESTED, Kind.VERDICT));
        RequestId request = patch();

        await().atMost(PATIENCE).until(() -> calls.size() == 4);

        assertThat(calls)
                .extracting(call -> call.headers().get("X-Patchway-Delivery"))
                .containsExactly(
                        request + ".requested.chat",
                        request + ".requested.chat",
                        request + ".requested.chat",
                        request + ".verdict.chat");
    }

    @Test
    void aRedirectionIsNotFollowedAndAReceiverThatIsGoneIsGivenUp() throws Exception {
        answers.addAll(List.of(307, 410));
        start("/", Set.of(Kind.VERDICT));
        patch();

        SqlOutbox outbox = new SqlOutbox(database, "node-1");
        await().atMost(PATIENCE)
                .until(() ->
                        !outbox.list(State.DEAD, Optional.empty(), 10).entries().isEmpty());

        assertThat(calls).extracting(Call::path).containsExactly("/", "/");
        assertThat(outbox.list(State.DEAD, Optional.empty(), 10).entries())
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.channel()).isEqualTo("WEBHOOK");
                    assertThat(entry.remark()).contains("the receiver answered with status 410");
                });
    }

    private void start(String path, Set<Kind> events) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "tiger\n");
        URI url = URI.create("http://127.0.0.1:" + receiver.port() + path);
        List<Webhook> webhooks = List.of(new Webhook("chat", url, events, Optional.of(secret)));
        database = Database.open(DatabaseSettings.at("jdbc:h2:file:" + folder.resolve("patchway")));
        ledger = new SqlRunLedger(database, "example.org", webhooks, "node-1");
        context()
                .getRegistry()
                .bind("webhookRoom", new WebhookRoom(new SqlWebhookOutbox(database, "node-1"), Clock.systemUTC()));
        context().getRegistry().bind("webhookComposer", new WebhookComposer(webhooks, new SqlHistory(database)));
        context().getPropertiesComponent().addInitialProperty("patchway.webhook.period", "200");
        PluginHelper.getRoutesLoader(context())
                .loadRoutes(
                        PluginHelper.getResourceLoader(context()).resolveResource("file:routes/webhook.camel.yaml"));
        WebhookRoutes.addTo(context(), webhooks);
    }

    /** A request that was accepted and has succeeded: both events are due. */
    private RequestId patch() {
        Instant now = Instant.now();
        PatchRequest request = new PatchRequest(
                RequestId.next(),
                Operation.INSTALL,
                RebootOption.IF_NEEDED,
                5,
                "api",
                "ops",
                List.of(new ServerId("web-01")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Rollout.ALL_AT_ONCE,
                now);
        ledger.accept(request, Optional.empty());
        Claim claim = ledger.claimDue("node-1", 1, Duration.ofMinutes(1), now).get(0);
        ServerRun run = ledger.load(claim).orElseThrow();
        ledger.commit(claim, Transition.to(RunState.SUCCEEDED, run, run.memory(), now, "verified"), now);
        return request.id();
    }

    private static String signature(String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("tiger".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }
}
