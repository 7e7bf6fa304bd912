package io.patchway.api.ssm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchway.access.AccessKey;
import io.patchway.access.KeyDesk.Issued;
import io.patchway.access.Role;
import io.patchway.whole.PatchwayProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Everything that the model allows, sent to a whole Patchway as chance gives it, with ids of things that exist: each
 * answer is a refusal, or one that clients of AWS can read.
 */
@Execution(ExecutionMode.CONCURRENT)
class ServedOperationsIT {
    private static final int CALLS = 1500;
    private static final Pattern ID =
            Pattern.compile("(?:pb|mw|mi)-[0-9a-f]{17}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final int MOST_IDS = 300;

    /** Nothing of this is reached: no server answers there. */
    private static final String SERVERS = """
        servers:
          - id: web-01
            tags: {env: production}
            connection:
              type: ssh
              host: 127.0.0.1
              port: 1
              user: nobody
              privateKey: config/no-key
              knownHosts: config/no-hosts
        """;

    private static final List<String> TEXTS = List.of(
            "'; drop table access_key; --",
            "$(reboot)",
            "${simple}",
            "web*",
            "*",
            "🦔",
            "a".repeat(64),
            "2026-11-21",
            "2026-11-21T10:00:00Z",
            "cron(0 30 2 ? * SUN *)",
            "rate(1 hour)",
            "at(2030-01-01T00:00:00)",
            "Europe/Berlin",
            "AWS-RunPatchBaseline",
            "InstanceIds",
            "tag:env",
            "Operation",
            "Install",
            "50%",
            "NAME_PREFIX",
            "CLASSIFICATION",
            "Status",
            "Security",
            "\u0001\u007f\u2028");

    private final ObjectMapper json = new ObjectMapper();
    private final ModelCases cases = new ModelCases();
    private final List<String> texts = new ArrayList<>(TEXTS);

    @Test
    void whateverTheModelAllowsIsRefusedOrAnsweredAsTheModelSays(@TempDir Path folder) throws Exception {
        PatchwayProcess patchway = new PatchwayProcess(folder, Map.of("PATCHWAY_REHEARSAL", "false"));
        Files.writeString(patchway.file("config/servers.yaml"), SERVERS);
        try (patchway) {
            patchway.start();
            List<String> operations = List.copyOf(cases.operations());
            Random chance = new Random(20261121);
            try (SignedClient client = new SignedClient(patchway.address(), key(patchway), Clock.systemUTC())) {
                for (int i = 0; i < CALLS; i++) {
                    String operation = operations.get(chance.nextInt(operations.size()));
                    call(client, operation, cases.random(operation, chance, texts));
                }
            }
        }
    }

    private void call(SignedClient client, String operation, JsonNode request) throws Exception {
        HttpResponse<String> response = client.call(operation, request.toString());

        String exchange = operation + " " + request + " -> " + response.body();
        assertThat(response.statusCode()).as(exchange).isIn(200, 400);
        JsonNode answer = json.readTree(response.body());
        if (response.statusCode() == 200) {
            assertThat(cases.flaw(operation, answer)).as(exchange).isEmpty();
            rememberIds(response.body());
        } else {
            assertThat(answer.path("__type").asText()).as(exchange).isNotEqualTo("SerializationException");
            assertThat(answer.path("message").asText()).as(exchange).isNotBlank();
        }
    }

    private void rememberIds(String body) {
        ID.matcher(body).results().map(found -> found.group()).distinct().forEach(id -> {
            if (!texts.contains(id) && texts.size() < TEXTS.size() + MOST_IDS) {
                texts.add(id);
            }
        });
    }

    private Issued key(PatchwayProcess patchway) throws Exception {
        String token = Files.readString(patchway.file("var/secrets/api-token")).strip();
        URI address = patchway.address().resolve("/api/access-keys");
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .header("Authorization", "Bearer " + token)
                    .POST(BodyPublishers.ofString("{\"account\":\"chance\",\"role\":\"administrator\"}"))
                    .build();
            JsonNode issued =
                    json.readTree(http.send(request, BodyHandlers.ofString()).body());
            AccessKey key = new AccessKey(
                    issued.path("id").asText(),
                    "chance",
                    Role.ADMINISTRATOR,
                    "",
                    Instant.EPOCH,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            return new Issued(key, issued.path("secret").asText());
        }
    }
}
