package io.patchway.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees who starts Patchway for the first time. */
class FirstMinuteIT {

    @Test
    void scansThisMachineAndTakesTheRehearsalFleetThroughTheWholeLoop(@TempDir Path folder) throws Exception {
        try (PatchwayProcess patchway = new PatchwayProcess(folder, Map.of()).start()) {
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> patchway.list("var/outbox").stream()
                                    .filter(file -> file.toString().endsWith("verdict.eml"))
                                    .count()
                            == 2);

            String output = patchway.output();
            assertThat(output)
                    .containsPattern("localhost +SUCCEEDED")
                    .contains("package metadata is")
                    .containsPattern("rehearsal-plain +SUCCEEDED")
                    .containsPattern("rehearsal-three-rounds +INSTALLING +round 3")
                    .containsPattern("rehearsal-three-rounds +SUCCEEDED")
                    .containsPattern("rehearsal-failing +(PARTIAL|FAILED)")
                    .containsPattern("rehearsal-slow-return +SUCCEEDED")
                    .contains("back after reboot 2");
            for (Path mail : patchway.list("var/outbox")) {
                assertThat(output).contains(mail.getFileName().toString());
                assertThat(Files.readString(mail)).contains("multipart/alternative");
            }
        }
    }

    @Test
    void aBrokenFileIsNamedWithItsLineAndTheRestRuns(@TempDir Path folder) throws Exception {
        PatchwayProcess patchway = new PatchwayProcess(folder, Map.of("PATCHWAY_REHEARSAL", "false"));
        Files.writeString(patchway.file("config/windows/broken.yaml"), "name: nightly\nduratoin: 3h\n");
        Files.writeString(
                patchway.file("config/application.properties"),
                "\npatchway.rehersal = true\n",
                StandardOpenOption.APPEND);
        Files.writeString(patchway.file("routes/broken.camel.yaml"), """
            - route:
                id: hook
                from:
                  uri: timer:hook
                  steps:
                    - setBoby:
                        constant: x
            """);
        try (patchway) {
            patchway.start();

            assertThat(patchway.isAlive()).isTrue();
            assertThat(patchway.output())
                    .containsPattern("broken\\.yaml\\D+2\\D.*duratoin")
                    .containsPattern("routes/broken\\.camel\\.yaml.*setBoby.*line 6.*its routes are left out");
            patchway.drop("scan.json", "{\"operation\": \"scan\", \"servers\": [\"localhost\"]}");
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> Files.exists(patchway.file("var/inbox/done/scan.json.receipt.json")));
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(
                                    patchway.output().lines().filter(line -> line.contains("is not a setting")))
                            .singleElement()
                            .asString()
                            .contains("patchway.rehersal"));
        }
    }

    @Test
    void aSettingThatCannotBeUsedStopsTheStartWithOneSentence(@TempDir Path folder) throws Exception {
        try (PatchwayProcess patchway =
                new PatchwayProcess(folder, Map.of("PATCHWAY_NODE_PLACES", "many", "PATCHWAY_REHEARSAL", "false"))) {
            patchway.start();

            await().atMost(Duration.ofSeconds(20)).until(() -> !patchway.isAlive());
            assertThat(patchway.output())
                    .contains("patchway.node.places: 'many' is not allowed; it must be a whole number from 1 to 1000")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aPortThatIsTakenStopsTheStartWithOneSentenceAndLeavesNothingRunning(@TempDir Path folder) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                PatchwayProcess patchway = new PatchwayProcess(
                        folder,
                        Map.of(
                                "PATCHWAY_API_PORT",
                                String.valueOf(taken.getLocalPort()),
                                "PATCHWAY_REHEARSAL",
                                "false"))) {
            patchway.start();

            await().atMost(Duration.ofSeconds(20)).until(() -> !patchway.isAlive());
            assertThat(patchway.output())
                    .contains("patchway.api.port: cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + ": Address already in use")
                    .doesNotContain("Patchway is running")
                    .doesNotContain("\tat ");
        }
    }
}
