package io.patchway.api.ssm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchway.access.AccessKey;
import io.patchway.access.KeyDesk.Issued;
import io.patchway.access.Role;
import io.patchway.whole.PatchwayProcess;
import java.io.IOException;
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
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    private static final int LOG_LINES = 12;
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
        Map<String, String> flaws = new TreeMap<>();
        try (patchway) {
            patchway.start();
            List<String> operations = List.copyOf(cases.operations());
            Random chance = new Random(20261121);
            try (SignedClient client = new SignedClient(patchway.address(), key(patchway), Clock.systemUTC())) {
                for (int i = 0; i < CALLS; i++) {
                    String operation = operations.get(chance.nextInt(operations.size()));
                    String request = cases.random(operation, chance, texts).toString();
                    HttpResponse<String> response = client.call(operation, request);
                    flaw(operation, response)
                            .ifPresent(flaw -> flaws.putIfAbsent(
                                    operation,
                                    flaw + " in " + request + " -> " + response.body() + logged(response, patchway)));
                }
            }
        }
        assertThat(flaws).isEmpty();
    }

    private Optional<String> flaw(String operation, HttpResponse<String> response) throws IOException {
        JsonNode answer = json.readTree(response.body());
        String code = answer.path("__type").asText();
        if (response.statusCode() == 200) {
            rememberIds(response.body());
            return cases.flaw(operation, answer);
        }
        boolean refused = response.statusCode() == 400
                && !code.equals("SerializationException")
                && !code.equals("UnknownOperationException")
                && !answer.path("message").asText().isBlank();
        return refused ? Optional.empty() : Optional.of("status " + response.statusCode() + ", " + code);
    }

    /** What the log has of an error. */
    private static String logged(HttpResponse<String> response, PatchwayProcess patchway) {
        String id = response.headers().firstValue("x-amzn-RequestId").orElse("");
        return response.statusCode() < 500
                ? ""
                : patchway.output()
                        .lines()
                        .dropWhile(line -> !line.contains(id))
                        .limit(LOG_LINES)
                        .collect(Collectors.joining("\n", "\n", "\n"));
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
