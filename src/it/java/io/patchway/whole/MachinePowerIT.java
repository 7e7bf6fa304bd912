package io.patchway.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchway.hosts.HostKind;
import io.patchway.hosts.NeedsRealHosts;
import io.patchway.hosts.RealHost;
import io.patchway.hosts.RealHosts;
import io.patchway.hosts.Scenario;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A real host is rebooted, shut down, started, and patched although it was powered off. */
@NeedsRealHosts
@Execution(ExecutionMode.CONCURRENT)
class MachinePowerIT {
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final String SERVER = "whole-power";

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void aHostIsRebootedShutDownPatchedWhileItIsPoweredOffAndStarted() throws Exception {
        try (RealHost host = RealHosts.start(HostKind.DNF, SERVER, Scenario.UPDATES);
                PatchwayProcess patchway = new PatchwayProcess(
                        folder, Map.of("PATCHWAY_REHEARSAL", "false", "PATCHWAY_MACHINES_QUIET", "8s"))) {
            configure(patchway, host);
            patchway.start();
            String token = signIn(patchway);
            String boot = host.bootId();

            follow(patchway, token, operate(patchway, token, "reboot"));
            assertThat(host.bootId()).isNotEqualTo(boot);
            assertThat(host.rebootCount()).isEqualTo(1);

            follow(patchway, token, operate(patchway, token, "shutDown"));
            await().atMost(Duration.ofMinutes(1)).until(() -> !host.isUp());
            assertThat(entity(patchway, token, "shutDown").path("errorMessage").asText())
                    .isEqualTo("The server already in desired state.");

            patchway.drop(
                    "off.json", "{\"operation\": \"install\", \"servers\": [\"" + SERVER + "\"], \"powerOn\": true}");
            await().atMost(LONG)
                    .until(() -> patchway.output().contains("its machine is as it was before the run: stopped"));
            assertThat(patchway.output())
                    .containsPattern(SERVER + " +SUCCEEDED +verified: nothing approved is missing");
            await().atMost(Duration.ofMinutes(1)).until(() -> !host.isUp());

            follow(patchway, token, operate(patchway, token, "powerOn"));
            assertThat(host.isUp()).isTrue();
            assertThat(entity(patchway, token, "powerOff").path("isQueued").asBoolean())
                    .isFalse();
        }
    }

    private static void configure(PatchwayProcess patchway, RealHost host) throws Exception {
        Files.writeString(patchway.file("config/known_hosts"), host.hostKeyLine() + "\n");
        Files.writeString(patchway.file("config/servers.yaml"), """
            servers:
              - id: %s
                baseline: all
                connection: {type: ssh, host: %s, port: %d, user: patch, privateKey: %s, knownHosts: config/known_hosts}
            """.formatted(
                        SERVER, host.address(), host.port(), host.privateKey()));
        Files.writeString(patchway.file("config/baselines/all.json"), """
            {"Name": "all", "OperatingSystem": "ROCKY_LINUX", "ApprovalRules": {"PatchRules": [
              {"PatchFilterGroup": {"PatchFilters": []}, "ApproveAfterDays": 0, "EnableNonSecurity": true}]}}
            """);
        Path command = Files.writeString(
                patchway.file("machine"),
                "#!/bin/sh\nexec touch \"%s/$2/power-on\"\n"
                        .formatted(host.powerSwitch().getParent().getParent()));
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(patchway.file("config/machines.yaml"), """
            machines:
              - servers: [%s]
                commands:
                  powerOn: [%s, start, "{server}"]
            """.formatted(SERVER, command.toAbsolutePath()));
    }

    /** A user is added through Patchway's own API, and logs in as a client of CenturyLink Cloud does. */
    private String signIn(PatchwayProcess patchway) throws Exception {
        patchway.address();
        String own = Files.readString(patchway.file("var/secrets/api-token")).strip();
        HttpResponse<String> added = send(patchway, "POST", "/api/users", own, """
            {"name": "demouser1", "password": "my long pass phrase 77", "role": "operator", "aliases": ["PWAY"]}
            """);
        assertThat(added.statusCode()).as(added.body()).isBetween(200, 201);
        HttpResponse<String> login = send(patchway, "POST", "/v2/authentication/login", "", """
            {"username": "demouser1", "password": "my long pass phrase 77"}
            """);
        return new ObjectMapper().readTree(login.body()).path("bearerToken").asText();
    }

    private String operate(PatchwayProcess patchway, String token, String operation) throws Exception {
        JsonNode entity = entity(patchway, token, operation);
        assertThat(entity.path("isQueued").asBoolean()).as(entity.toString()).isTrue();
        return entity.path("links").path(0).path("href").asText();
    }

    private JsonNode entity(PatchwayProcess patchway, String token, String operation) throws Exception {
        HttpResponse<String> response =
                send(patchway, "POST", "/v2/operations/PWAY/servers/" + operation, token, "[\"" + SERVER + "\"]");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body()).path(0);
    }

    private void follow(PatchwayProcess patchway, String token, String href) throws Exception {
        String[] last = {""};
        await().atMost(LONG).pollInterval(Duration.ofMillis(500)).until(() -> {
            last[0] = send(patchway, "GET", href, token, "").body();
            return last[0].contains("\"succeeded\"") || last[0].contains("\"failed\"");
        });
        assertThat(last[0]).contains("\"succeeded\"");
    }

    private HttpResponse<String> send(PatchwayProcess patchway, String method, String path, String token, String body)
            throws Exception {
        return client.send(
                HttpRequest.newBuilder(patchway.address().resolve(path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
