package io.patchway.clc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.rehearsal.DwindlingFleet;
import io.patchway.whole.PatchwayProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Execute Package on servers that offer four updates, then two, then none, with somebody who watches the status. */
class PatchingLoopIT {
    private static final List<String> HOSTS = List.of("dwindling-01", "dwindling-02", "dwindling-03");
    private static final Set<String> GOING_ON = Set.of("notStarted", "executing", "resumed");

    @TempDir
    private Path folder;

    @Test
    void threeInitiationsAndTwoRebootsAndAtNoMomentSucceededTooEarly() throws Exception {
        try (DwindlingFleet fleet = DwindlingFleet.start(folder.resolve("fleet"), HOSTS);
                PatchwayProcess patchway = new PatchwayProcess(
                        Files.createDirectory(folder.resolve("patchway")), Map.of("PATCHWAY_REHEARSAL", "false"))) {
            Files.writeString(patchway.file("config/servers.yaml"), fleet.serversFile());
            patchway.start();
            try (ClcCaller caller = ClcCaller.signUp(patchway)) {
                Map<String, String> paths = execute(caller);

                Map<String, List<String>> whenDone = watch(caller, paths, fleet);

                for (String host : HOSTS) {
                    List<String> scripts = whenDone.get(host);
                    assertThat(initiations(scripts)).as("%s: %s", host, scripts).isEqualTo(3);
                    assertThat(fleet.installs(host)).as(host).isEqualTo(2);
                    assertThat(fleet.reboots(host)).as(host).isEqualTo(2);
                    assertThat(scripts.lastIndexOf("reboot"))
                            .as("the last check came after the last reboot: %s", scripts)
                            .isLessThan(scripts.lastIndexOf("scan"));
                    assertThat(fleet.received(host))
                            .as("nothing came after the end")
                            .isEqualTo(scripts);
                }
                assertMails(patchway, paths);
            }
        }
    }

    /** Checks for updates with which an attempt begins; those that only see what an install left are not counted. */
    private static long initiations(List<String> scripts) {
        return IntStream.range(1, scripts.size())
                .filter(at -> scripts.get(at).equals("scan"))
                .filter(at -> Set.of("precheck", "boot-id").contains(scripts.get(at - 1)))
                .count();
    }

    private static Map<String, String> execute(ClcCaller caller) throws Exception {
        JsonNode entities = caller.post(
                "/v2/operations/PWAY/servers/executePackage",
                "{\"servers\":[\"" + String.join("\",\"", HOSTS)
                        + "\"],\"package\":{\"packageId\":\"c3c6642e-24e1-4c37-b56a-1cf1476ee360\","
                        + "\"parameters\":{\"patch.debug.mode\":\"false\"}}}");
        Map<String, String> paths = new LinkedHashMap<>();
        entities.forEach(entity -> paths.put(
                entity.path("server").asText(),
                entity.path("links").path(0).path("href").asText()));
        assertThat(paths).as(entities.toString()).containsOnlyKeys(HOSTS);
        return paths;
    }

    /**
     * Asks five times a second until all have ended; returns what each host had received when it was said to be done.
     */
    private static Map<String, List<String>> watch(ClcCaller caller, Map<String, String> paths, DwindlingFleet fleet) {
        Map<String, List<String>> done = new LinkedHashMap<>();
        Set<String> seen = new TreeSet<>();
        await().pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofMinutes(3))
                .until(() -> {
                    for (Map.Entry<String, String> entry : paths.entrySet()) {
                        String host = entry.getKey();
                        String status =
                                caller.get(entry.getValue()).path("status").asText();
                        seen.add(status);
                        if (GOING_ON.contains(status)) {
                            assertThat(done).as("an end is the end").doesNotContainKey(host);
                        } else {
                            assertThat(status).isEqualTo("succeeded");
                            assertThat(fleet.reboots(host))
                                    .as("reboots of %s so far", host)
                                    .isEqualTo(2);
                            done.putIfAbsent(host, fleet.received(host));
                        }
                    }
                    return done.size() == paths.size();
                });
        assertThat(seen).contains("executing", "succeeded");
        return done;
    }

    private static void assertMails(PatchwayProcess patchway, Map<String, String> paths) throws Exception {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> patchway.list("var/outbox").stream()
                        .anyMatch(file -> file.toString().endsWith("verdict.eml")));
        List<Path> mails = patchway.list("var/outbox");
        assertThat(mails).hasSize(2);
        for (Path mail : mails) {
            String text = Files.readString(mail);
            assertThat(text).contains("To: " + ClcCaller.MAIL);
            for (String path : paths.values()) {
                String id = path.substring(path.lastIndexOf('/') + 1);
                assertThat(text).contains("WA1" + id.substring("wa1".length()));
            }
        }
    }
}
