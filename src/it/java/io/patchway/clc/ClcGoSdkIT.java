package io.patchway.clc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.hosts.CommandResult;
import io.patchway.hosts.HostKind;
import io.patchway.hosts.NeedsRealHosts;
import io.patchway.hosts.RealHost;
import io.patchway.hosts.RealHosts;
import io.patchway.hosts.Scenario;
import io.patchway.whole.PatchwayProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** CenturyLink's own Go SDK, unchanged, has a real host patched by a real Patchway, through two reboots. */
@NeedsRealHosts
@Execution(ExecutionMode.CONCURRENT)
class ClcGoSdkIT {
    private static final String SERVER = "WA1PWAYCLC-DNF";
    private static final String HISTORY = "/rest/servers/PWAY/server/" + SERVER + "/patch";
    private static final String PASSWORD = "correct horse battery staple";

    @TempDir
    private Path folder;

    @Test
    void theSdkPatchesAHostAndNeverSeesItSucceededTooEarly() throws Exception {
        try (RealHost host = RealHosts.start(HostKind.DNF, "clc-dnf", Scenario.THREE_ROUNDS);
                PatchwayProcess patchway = patchway(host);
                ClcCalls calls = new ClcCalls(patchway.start()).signedInAs("demouser1", PASSWORD);
                ExecutorService watcher = Executors.newSingleThreadExecutor()) {
            GoClient client = GoClient.compiled(patchway.address(), "demouser1", PASSWORD);
            assertRefusals(client);
            assertThat(lines(client.take(SERVER, "discover", "get")))
                    .containsExactly(
                            "login: welcome",
                            "discover: WA1 / PWAY / WA1PWAYCLC-DNF <nil>",
                            "get: wa1pwayclc-dnf WA1PWAYCLC-DNF | Rocky Linux | active started false <nil>");

            Future<StatusWatch> watch = watcher.submit(() -> StatusWatch.of(calls, HISTORY, host));
            List<String> patched = lines(client.take(SERVER, "patch"));
            StatusWatch seen = watch.get();

            assertThat(patched)
                    .filteredOn(line -> !line.contains("queued as"))
                    .containsExactlyInAnyOrder(
                            "login: welcome",
                            "patch: wa1pwayclc-dnf succeeded",
                            "patch: wa1nosuchserv01 refused: The operation cannot be queued because the server cannot"
                                    + " be found or it is not in a valid state.");
            assertThat(seen.words())
                    .endsWith("executing", "succeeded")
                    .isSubsetOf("notStarted", "executing", "succeeded");
            assertThat(seen.boots()).isEqualTo(2);
            assertNothingCameAfter(seen, host, calls);
            assertHistory(calls, host);
            assertThat(lines(client.take(SERVER, "get")).getLast())
                    .isEqualTo(
                            "get: wa1pwayclc-dnf WA1PWAYCLC-DNF | Rocky Linux 9 64-bit | active started false <nil>");
        }
    }

    private static void assertRefusals(GoClient client) {
        CommandResult badPassword = client.withPassword("wrong").take(SERVER);
        assertThat(badPassword.status()).isEqualTo(1);
        assertThat(badPassword.output().strip())
                .isEqualTo("login: http err: [400 Bad Request] - {\"message\":\"We didn't recognize the username or"
                        + " password you entered. Please try again.\"}");
        assertThat(lines(client.take(SERVER, "unknown")).getLast())
                .isEqualTo("unknown: http err: [404 Not Found] - {\"message\":\"Server not found\"}");
    }

    /** When the status said succeeded, the last check had been made, and the host has not been rebooted since. */
    private static void assertNothingCameAfter(StatusWatch seen, RealHost host, ClcCalls calls) {
        JsonNode newest = calls.get(HISTORY).get(0);
        assertThat(Instant.parse(newest.get("end_time").textValue())).isBeforeOrEqualTo(seen.endedAt());
        assertThat(newest.get("init_messages").get(0).get("init_end_message").textValue())
                .isEqualTo("Update Process Complete. There are 0 updates to install");
        assertThat(Instant.parse(
                        newest.get("init_messages").get(0).get("end_time").textValue()))
                .isBeforeOrEqualTo(seen.endedAt());
        assertThat(host.rebootCount()).isEqualTo(seen.boots());
        assertThat(host.bootId()).isEqualTo(seen.bootId());
    }

    /** The history against what rpm says. */
    private static void assertHistory(ClcCalls calls, RealHost host) {
        JsonNode execution = calls.get(HISTORY).get(0);
        JsonNode detail =
                calls.get(HISTORY + "/" + execution.get("execution_id").textValue());

        assertThat(calls.get(HISTORY)).hasSize(1);
        assertThat(execution.get("status").textValue()).isEqualTo("COMPLETED");
        assertThat(execution.get("init_messages"))
                .hasSize(4)
                .allSatisfy(
                        message -> assertThat(message.get("init_begin_message").textValue())
                                .isEqualTo("Invoking yum check-update"));
        assertThat(detail.get("patches"))
                .hasSize(5)
                .allSatisfy(patch ->
                        assertThat(patch.get("patch_end_message").textValue()).isEqualTo("Result Code: 2"));
        List<String> installed = new ArrayList<>();
        for (String name : List.of("systemd", "dbus", "acme-tail", "acme-release")) {
            String version = host.installedVersion(name).orElseThrow();
            installed.add("Installing " + name + "-" + version);
        }
        assertThat(installed)
                .allSatisfy(line -> assertThat(detail.get("patches"))
                        .extracting(patch -> patch.get("patch_begin_message").textValue())
                        .anySatisfy(message -> assertThat(message).startsWith(line + ".")));
    }

    private static List<String> lines(CommandResult result) {
        return result.succeeded().lines().toList();
    }

    private PatchwayProcess patchway(RealHost host) throws Exception {
        PatchwayProcess patchway = new PatchwayProcess(folder, Map.of("PATCHWAY_REHEARSAL", "false"));
        Files.writeString(patchway.file("config/known_hosts"), host.hostKeyLine() + "\n");
        Files.writeString(
                patchway.file("config/servers.yaml"), """
                    servers:
                      - id: clc-dnf
                        operatingSystem: ROCKY_LINUX
                        connection: {type: ssh, host: %s, port: %d, user: patch, privateKey: %s, knownHosts: config/known_hosts}
                    """.formatted(host.address(), host.port(), host.privateKey()));
        return patchway;
    }
}
