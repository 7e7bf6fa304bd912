package io.patchway.api.ssm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.access.KeyDesk.Issued;
import io.patchway.access.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in, the answer says what is wrong with it, and is never an error of ours. */
class FuzzedCallsTest {
    private static final ModelCases CASES = new ModelCases();
    private static final int BODIES = 1500;
    private static final int HEADERS = 400;

    @TempDir
    static Path folder;

    private static OpenSsmDoor door;
    private static Issued key;

    @BeforeAll
    static void open() throws IOException {
        door = new OpenSsmDoor(folder, Clock.systemUTC(), FuzzedCallsTest::serveAll);
        key = door.issue("ops", Role.ADMINISTRATOR);
    }

    private static void serveAll(OperationTable table) {
        CASES.operations().forEach(name -> table.administers(name, Map.class, (caller, request) -> request));
    }

    @AfterAll
    static void close() {
        door.close();
    }

    @Test
    void damagedBodiesAreRefusedOrUnderstood() throws Exception {
        Random random = new Random(20261121);
        List<String> operations = List.copyOf(CASES.operations());
        try (SignedClient client = new SignedClient(door.address(), key, Clock.systemUTC())) {
            for (int i = 0; i < BODIES; i++) {
                String operation = operations.get(random.nextInt(operations.size()));
                JsonNode request = random.nextBoolean() ? CASES.full(operation) : CASES.good(operation);
                String body = damaged(request.toString(), random);

                HttpResponse<String> response = client.call(operation, body);

                assertThat(response.statusCode()).as(operation + " " + body).isIn(200, 400);
                assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
            }
        }
    }

    @Test
    void deepAndEndlessBodiesAreRefused() throws Exception {
        List<String> bodies = List.of(
                "[".repeat(500_000),
                "{\"Tags\":".repeat(50_000),
                "{\"Tags\":" + "[".repeat(2000) + "]".repeat(2000) + "}",
                "{\"Name\":\"" + "a".repeat(900_000) + "\"}",
                "{\"Name\":" + "9".repeat(900_000) + "}",
                "{\"Name\":1e" + "9".repeat(9_000) + "}",
                "{" + "\"a\":1,".repeat(100_000) + "\"Name\":\"\"}",
                "{\"Tags\":[" + "{},".repeat(100_000) + "{}]}");
        try (SignedClient client = new SignedClient(door.address(), key, Clock.systemUTC())) {
            for (String body : bodies) {
                HttpResponse<String> response = client.call("CreatePatchBaseline", body);

                assertThat(response.statusCode()).as(body.substring(0, 20)).isEqualTo(400);
                assertThat(response.body().length()).isLessThan(2_000_000);
            }
        }
    }

    @Test
    void damagedHeadersAreRefused() throws Exception {
        Random random = new Random(20261122);
        try (SignedClient client = new SignedClient(door.address(), key, Clock.systemUTC())) {
            for (int i = 0; i < HEADERS; i++) {
                SignedClient.Signed call = client.sign("DescribePatchBaselines", "{}");
                String request = "POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: 2\r\n"
                        + damaged(lines(call.headers()), random) + "\r\n\r\n{}";

                String status = statusOf(request.getBytes(StandardCharsets.ISO_8859_1));

                assertThat(status).as(request).doesNotStartWith("HTTP/1.1 5");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 20\r\n\r\n{}",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n5\r\n{",
                "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Content-Length: -1\r\n\r\n{}",
                "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
                "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n"
            })
    void bodiesThatBreakOffAreRefused(String rest) throws Exception {
        String request = "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "X-Amz-Target: AmazonSSM.DescribePatchBaselines\r\n" + rest;

        String status = statusOf(request.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(status).matches("|HTTP/1.1 (100|4..).*");
    }

    private static String lines(Map<String, List<String>> headers) {
        List<String> lines = new ArrayList<>();
        headers.forEach((name, values) -> {
            if (!name.equals("content-length")) {
                values.forEach(value -> lines.add(name + ": " + value));
            }
        });
        return String.join("\r\n", lines);
    }

    /** The first line of the answer; empty when the connection was cut. */
    private static String statusOf(byte[] request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", door.address().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            InputStream answer = socket.getInputStream();
            return new String(answer.readAllBytes(), StandardCharsets.ISO_8859_1)
                    .lines()
                    .findFirst()
                    .orElse("");
        } catch (SocketException e) {
            return "";
        }
    }

    private static String damaged(String text, Random random) {
        StringBuilder damaged = new StringBuilder(text);
        for (int edits = 1 + random.nextInt(4); edits > 0 && !damaged.isEmpty(); edits--) {
            int at = random.nextInt(damaged.length());
            int end = Math.min(damaged.length(), at + 1 + random.nextInt(12));
            switch (random.nextInt(6)) {
                case 0 -> damaged.deleteCharAt(at);
                case 1 -> damaged.insert(at, (char) random.nextInt(256));
                case 2 -> damaged.setCharAt(at, (char) (32 + random.nextInt(95)));
                case 3 -> damaged.insert(at, damaged.substring(at, end));
                case 4 -> damaged.replace(at, end, "");
                default ->
                    damaged.insert(
                            at,
                            List.of("null", "\"", "{", "]", ":", ",", "-1", "\\u0000", "\\ud83e")
                                    .get(random.nextInt(9)));
            }
        }
        return damaged.toString();
    }
}
