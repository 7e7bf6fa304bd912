package io.patchway.api.clc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchway.access.TestUsers;
import io.patchway.api.FrontDoor;
import io.patchway.api.TrustedProxies;
import io.patchway.audit.RecordingAuditLog;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** A door that speaks as CenturyLink Cloud does, open on a free port, with users and an audit log in memory. */
public final class OpenClcDoor implements AutoCloseable {
    private final RecordingAuditLog audit = new RecordingAuditLog();
    private final HttpClient client = HttpClient.newHttpClient();
    private final TestUsers users;
    private final FrontDoor door;

    public OpenClcDoor(Path folder, Clock clock, ClcResource... resources) throws IOException {
        this(folder, clock, TrustedProxies.NONE, resources);
    }

    OpenClcDoor(Path folder, Clock clock, TrustedProxies proxies, ClcResource... resources) throws IOException {
        users = new TestUsers(folder, clock);
        List<ClcResource> all = new ArrayList<>(List.of(resources));
        all.add(new ClcSignIn(users.signIn(audit), users.tokens(), new ClcAccount("PWAY", "WA1"), audit));
        door = new FrontDoor(List.of(new ClcDoor(users.tokens(), all, audit, clock)), proxies).start("127.0.0.1", 0);
    }

    public TestUsers users() {
        return users;
    }

    public RecordingAuditLog audit() {
        return audit;
    }

    public int port() {
        return door.port();
    }

    /** The answer to a login. */
    public HttpResponse<String> login(String body) throws Exception {
        return send(HttpRequest.newBuilder()
                .uri(at(ClcSignIn.LOGIN))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    /** The answer to a call with a bearer token. */
    public HttpResponse<String> call(String method, String path, String token, String body) throws Exception {
        return send(HttpRequest.newBuilder()
                .uri(at(path))
                .header("Authorization", "Bearer " + token)
                .method(method, BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /** What comes back when exactly these bytes are sent over a connection of their own. */
    public String replay(byte[] request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    public static JsonNode json(String body) throws IOException {
        return new ObjectMapper().readTree(body);
    }

    @Override
    public void close() {
        // The client first: the door waits a second for each connection that is kept open.
        client.close();
        door.close();
    }
}
