package io.patchway.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patchway.server.ConnectionSettings.Http;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A plain HTTP server that replays the documented answers of CenturyLink Cloud for one server, {@code WA1ALIASWEB01},
 * and misbehaves where a test tells it to.
 */
final class SimulatedSite implements AutoCloseable {
    static final String PASSWORD = "my \"password\"";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ORDERS = "/v2/operations/ALIAS/servers/executePackage";
    private static final String HISTORY = "/rest/servers/ALIAS/server/WA1ALIASWEB01/patch";

    /** What it does with the next call of a path, before it answers as documented. */
    interface Misbehaviour {
        /** @return whether the call is dealt with */
        boolean on(HttpExchange call) throws IOException;
    }

    /** A call as it arrived. */
    record Call(String method, String path, Map<String, String> headers, String body) {}

    final List<Call> calls = new CopyOnWriteArrayList<>();
    /** The orders that it has taken. */
    final List<String> operations = new CopyOnWriteArrayList<>();

    private final HttpServer server;
    private final Map<String, List<Misbehaviour>> misbehaviours = new ConcurrentHashMap<>();
    private final Map<String, String> byIdentity = new HashMap<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private boolean honoursIdentity;
    private volatile String end = "succeeded";

    SimulatedSite() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** It says so and does so. */
    SimulatedSite honouringIdentity() {
        honoursIdentity = true;
        return this;
    }

    SimulatedSite endingWith(String word) {
        end = word;
        return this;
    }

    SimulatedSite onSignIn(Misbehaviour... next) {
        return misbehave("/v2/authentication/login", next);
    }

    SimulatedSite onOrder(Misbehaviour... next) {
        return misbehave(ORDERS, next);
    }

    SimulatedSite onStatus(Misbehaviour... next) {
        return misbehave("status", next);
    }

    SimulatedSite onHistory(Misbehaviour... next) {
        return misbehave(HISTORY, next);
    }

    private SimulatedSite misbehave(String path, Misbehaviour... next) {
        misbehaviours
                .computeIfAbsent(path, first -> new CopyOnWriteArrayList<>())
                .addAll(List.of(next));
        return this;
    }

    static Misbehaviour answering(int status, String body) {
        return call -> {
            send(call, status, body);
            return true;
        };
    }

    /** Takes the order, but the connection is gone before the answer. */
    Misbehaviour takingItAndHangingUp() {
        return call -> {
            take(call);
            call.close();
            return true;
        };
    }

    static Misbehaviour hangingUp() {
        return call -> {
            call.close();
            return true;
        };
    }

    static Misbehaviour answeringWithoutEnd() {
        return call -> {
            call.sendResponseHeaders(200, 0);
            byte[] block = " ".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
            try (OutputStream body = call.getResponseBody()) {
                for (int i = 0; i < 1 << 14; i++) {
                    body.write(block);
                }
            }
            return true;
        };
    }

    static Misbehaviour redirecting() {
        return call -> {
            call.getResponseHeaders().set("Location", "/elsewhere");
            send(call, 302, "");
            return true;
        };
    }

    Http connection(Path passwordFile) {
        return new Http(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                Optional.empty(),
                "hq",
                passwordFile,
                "WA1ALIASWEB01",
                UUID.fromString("c3c6642e-24e1-4c37-b56a-1cf1476ee360"),
                Optional.empty());
    }

    long callsOf(String path) {
        return calls.stream().filter(call -> call.path().contains(path)).count();
    }

    private void answer(HttpExchange call) throws IOException {
        String path = call.getRequestURI().getPath();
        String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> headers = new HashMap<>();
        call.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
        calls.add(new Call(call.getRequestMethod(), path, headers, body));
        call.setAttribute("body", body);
        if (honoursIdentity) {
            call.getResponseHeaders().set("Patchway-Honours", "Idempotency-Key");
        }
        List<Misbehaviour> next = misbehaviours.getOrDefault(path.contains("/status/") ? "status" : path, List.of());
        if (!next.isEmpty() && next.removeFirst().on(call)) {
            return;
        }
        documented(call, path, body);
    }

    private void documented(HttpExchange call, String path, String body) throws IOException {
        String token = Optional.ofNullable(call.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        if (path.equals("/v2/authentication/login")) {
            signIn(call, MAPPER.readTree(body));
        } else if (!token.equals("Bearer token-" + tokens.get())) {
            send(call, 401, "{\"message\":\"Authorization has been denied for this request.\"}");
        } else if (path.equals("/v2/servers/ALIAS/WA1ALIASWEB01")) {
            send(call, 200, "{\"id\":\"wa1aliasweb01\",\"name\":\"WA1ALIASWEB01\",\"status\":\"active\"}");
        } else if (path.equals(ORDERS)) {
            String operation = take(call);
            send(call, 200, """
                [{"server":"wa1aliasweb01","isQueued":true,"links":[
                  {"rel":"status","href":"/v2/operations/alias/status/%1$s","id":"%1$s"}]}]
                """.formatted(operation));
        } else if (path.contains("/status/")) {
            String word = looks.incrementAndGet() > 2 ? end : "executing";
            send(call, 200, "{\"status\":\"" + word + "\"}");
        } else if (path.equals(HISTORY)) {
            send(
                    call,
                    200,
                    operations.reversed().stream()
                            .map(operation -> summary(operation, stage()))
                            .toList()
                            .toString());
        } else if (path.startsWith(HISTORY + "/")) {
            send(call, 200, detail(stage()));
        } else {
            send(call, 404, "{\"message\":\"Server not found\"}");
        }
    }

    private String stage() {
        return looks.get() > 2 ? (end.equals("failed") ? "FAILED" : "COMPLETED") : "RUNNING";
    }

    private void signIn(HttpExchange call, JsonNode asked) throws IOException {
        if (!asked.path("password").asText().equals(PASSWORD)) {
            send(call, 400, "{\"message\":\"We didn't recognize the username or password you entered.\"}");
            return;
        }
        send(call, 200, """
            {"userName":"hq","accountAlias":"ALIAS","locationAlias":"WA1","roles":["ServerAdmin"],
             "bearerToken":"token-%d"}
            """.formatted(tokens.incrementAndGet()));
    }

    private synchronized String take(HttpExchange call) {
        String identity = call.getRequestHeaders().getFirst("Idempotency-Key");
        if (honoursIdentity && byIdentity.containsKey(identity)) {
            return byIdentity.get(identity);
        }
        String operation = "wa1-" + (132457 + operations.size());
        operations.add(operation);
        byIdentity.put(identity, operation);
        return operation;
    }

    /** Tokens that were issued so far count no more. */
    void forgetTokens() {
        tokens.incrementAndGet();
    }

    private static String summary(String operation, String stage) {
        return """
            {"execution_id":"%s","status":"%s","start_time":"2016-04-05T04:14:10Z","end_time":"2016-04-05T04:34:14Z",
             "init_messages":[
              {"start_time":"2016-04-05T04:31:51Z","end_time":"2016-04-05T04:34:12Z",
               "init_begin_message":"Invoking yum check-update",
               "init_end_message":"Update Process Complete. There are 0 updates to install"},
              {"start_time":"2016-04-05T04:25:15Z","end_time":"2016-04-05T04:28:11Z",
               "init_begin_message":"Invoking yum check-update",
               "init_end_message":"Updates Downloaded Successfully downloaded 2 updates to install##a b##"}]}
            """.formatted(operation.toUpperCase(Locale.ROOT), stage);
    }

    private static String detail(String stage) {
        return """
            {"execution_id":"WA1-132457","status":"%s","start_time":"2016-04-05T04:14:10Z",
             "end_time":"2016-04-05T04:34:14Z","duration":"20m 4s","begin_message":"Update Process BEGIN",
             "end_message":"Updating Complete","patches":[
              {"start_time":"2016-04-05T04:26:15Z","end_time":"2016-04-05T04:27:11Z","status":"COMPLETED",
               "patch_begin_message":"Installing Update for Windows Server 2012 R2 (KB3084905)",
               "patch_end_message":"Result Code: 2"},
              {"start_time":"2016-04-05T04:26:15Z","end_time":"2016-04-05T04:27:11Z","status":"FAILED",
               "patch_begin_message":"Installing curl-7.76.1-29.el9.x86_64","patch_end_message":"Result Code: 4"}]}
            """.formatted(stage);
    }

    private static void send(HttpExchange call, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        call.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream output = call.getResponseBody()) {
            output.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
