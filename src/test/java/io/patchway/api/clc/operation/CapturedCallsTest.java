package io.patchway.api.clc.operation;

import static io.patchway.api.clc.OpenClcDoor.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Execute Package and Get Status exactly as CenturyLink's own clients send them; only the token is another. */
class CapturedCallsTest {
    @TempDir
    Path folder;

    private ClcWorld world;

    @BeforeEach
    void open() throws IOException {
        world = new ClcWorld(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    static Stream<Arguments> calls() {
        String get = "GET /v2/operations/ALIAS/status/<ID> HTTP/1.1\nHost: 127.0.0.1:18080\n";
        String post = "POST /v2/operations/ALIAS/servers/executePackage HTTP/1.1\n";
        return Stream.of(
                Arguments.of("Go SDK", post + """
                    Host: 127.0.0.1:18080
                    User-Agent: CenturyLinkCloud/clc-sdk
                    Content-Length: 155
                    Accept: application/json
                    Api-Client: CenturyLinkCloud/clc-sdk
                    Authorization: Bearer <JWT>
                    Content-Type: application/json
                    Accept-Encoding: gzip

                    {"servers":["WA1ALIASSERV0101","WA1ALIASNOPE01"],"package":{"packageId":"c3c6642e-24e1-4c37-b56a-1cf1476ee360","parameters":{"patch.debug.mode":"false"}}}
                    """, get + """
                        User-Agent: CenturyLinkCloud/clc-sdk
                        Accept: application/json
                        Api-Client: CenturyLinkCloud/clc-sdk
                        Authorization: Bearer <JWT>
                        Content-Type: application/json

                        """, 1),
                Arguments.of("Python SDK", post + """
                    Host: 127.0.0.1:18080
                    User-Agent: python-requests/2.28.1
                    Accept-Encoding: gzip, deflate
                    Accept: */*
                    Connection: keep-alive
                    content-type: Application/json
                    Authorization: Bearer <JWT>
                    Content-Length: 144

                    {"servers": ["WA1ALIASSERV0101"], "package": {"packageId": "c3c6642e-24e1-4c37-b56a-1cf1476ee360", "parameters": {"patch.debug.mode": "false"}}}\
                    """, get + """
                        User-Agent: python-requests/2.28.1
                        Accept-Encoding: gzip, deflate
                        Accept: */*
                        Connection: keep-alive
                        content-type: application/x-www-form-urlencoded
                        Authorization: Bearer <JWT>

                        """, 1),
                Arguments.of("Go CLI", post + """
                    Host: api.ctl.io
                    User-Agent: clc-go-cli-built-from-source-linux
                    Content-Length: 173
                    Authorization: Bearer <JWT>
                    Clc-Alias: ALIAS
                    Content-Type: application/json

                    {"servers":["WA1ALIASSERV0101","WA1ALIASSERV0102","WA1ALIASNOPE01"],"Package":{"PackageId":"c3c6642e-24e1-4c37-b56a-1cf1476ee360","Parameters":{"patch.debug.mode":"false"}}}\
                    """, get + """
                        User-Agent: clc-go-cli-built-from-source-linux
                        Authorization: Bearer <JWT>
                        Clc-Alias: ALIAS
                        Content-Type: application/json

                        """, 2),
                Arguments.of("Go CLI, Windows", post + """
                    Host: api.ctl.io
                    User-Agent: clc-go-cli-built-from-source-linux
                    Content-Length: 112
                    Authorization: Bearer <JWT>
                    Clc-Alias: ALIAS
                    Content-Type: application/json

                    {"servers":["WA1ALIASWIN0101"],"Package":{"PackageId":"b229535c-a313-4a31-baf8-6aa71ff4b9ed","Parameters":null}}\
                    """, "", 0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void theAnswersAreInTheShapeThatTheClientNeeds(String client, String post, String get, int queued)
            throws Exception {
        JsonNode entities = answer(post);

        EntityShape.check(entities);
        assertThat(entities)
                .filteredOn(entity -> entity.path("isQueued").asBoolean())
                .hasSize(queued);
        for (JsonNode entity : entities) {
            if (entity.path("isQueued").asBoolean()) {
                String id = entity.path("links").path(0).path("id").asText();
                assertThat(answer(get.replace("<ID>", id)).path("status").asText())
                        .isEqualTo("notStarted");
            }
        }
    }

    /** The body of an answer, which must be 200 and JSON. */
    private JsonNode answer(String request) throws IOException {
        String[] parts = request.replace("<JWT>", world.operator).split("\n\n", 2);
        String wire = parts[0].replace("\n", "\r\n") + "\r\n\r\n" + parts[1];
        String answer = world.door.replay(wire.getBytes(StandardCharsets.UTF_8));
        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .containsPattern("(?i)content-type: application/json; ?charset=utf-8\r\n");
        return json(body(answer));
    }

    /** Without the frames of a body whose length was not known in advance. */
    private static String body(String answer) {
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        return answer.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")
                ? body.substring(body.indexOf("\r\n") + 2, body.lastIndexOf("\r\n0\r\n"))
                : body;
    }
}
