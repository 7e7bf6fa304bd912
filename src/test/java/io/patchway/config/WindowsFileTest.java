package io.patchway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.config.document.Problem;
import io.patchway.run.Operation;
import io.patchway.run.RebootOption;
import io.patchway.run.window.FileWindow;
import io.patchway.window.MissedPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowsFileTest {
    @TempDir
    Path folder;

    @Test
    void theShippedExampleIsSwitchedOff() {
        Loaded<List<FileWindow>> loaded = WindowsFile.load(Path.of("config/windows"));

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.content())
                .singleElement()
                .satisfies(task -> assertThat(task.window().enabled()).isFalse());
    }

    @Test
    void aWindowIsReadWhole() throws IOException {
        Files.writeString(folder.resolve("web.yaml"), """
            name: web-sunday
            schedule: cron(0 2 ? * SUN *)
            timezone: America/New_York
            duration: PT2H30M
            cutoff: 1
            missed: run-late
            targets:
              groups: [web]
              tags: {environment: production}
            operation: install
            rebootOption: Always
            maxRounds: 3
            maintenance: true
            package: {name: Yum Update, parameters: {patch.debug.mode: "true"}}
            notify: [ops@example.com]
            """);

        Loaded<List<FileWindow>> loaded = WindowsFile.load(folder);

        assertThat(loaded.problems()).isEmpty();
        FileWindow task = loaded.content().get(0);
        assertThat(task.window().zone()).isEqualTo(ZoneId.of("America/New_York"));
        assertThat(task.window().duration()).isEqualTo(Duration.ofMinutes(150));
        assertThat(task.window().cutoff()).isEqualTo(Duration.ofHours(1));
        assertThat(task.request().special().maintenance()).isTrue();
        assertThat(task.window().missed()).isEqualTo(MissedPolicy.RUN_LATE);
        assertThat(task.window().enabled()).isTrue();
        assertThat(task.request().operation()).isEqualTo(Operation.INSTALL);
        assertThat(task.request().rebootOption()).isEqualTo(RebootOption.ALWAYS);
        assertThat(task.request().maxRounds()).isEqualTo(3);
        assertThat(task.request().groups()).containsExactly("web");
        assertThat(task.request().tags()).isEqualTo(Map.of("environment", "production"));
        assertThat(task.request().scriptPackage()).contains("Yum Update");
        assertThat(task.request().parameters()).isEqualTo(Map.of("patch.debug.mode", "true"));
        assertThat(task.request().recipients()).containsExactly("ops@example.com");
    }

    @Test
    void aBadWindowIsLeftOutAndTheOthersLoad() throws IOException {
        Files.writeString(folder.resolve("bad.yaml"), """
            name: "../x"
            schedule: 0 2 * * *
            timezone: Mars/Olympus
            duration: 25
            cutoff: 26
            missed: sometimes
            targets: {}
            operation: reboot
            notify: ["x@y.example\\nBcc: z@y.example", "-x"]
            """);
        Files.writeString(folder.resolve("good.yaml"), good("good"));

        Loaded<List<FileWindow>> loaded = WindowsFile.load(folder);

        assertThat(loaded.content()).extracting(task -> task.window().name()).containsExactly("good");
        assertThat(loaded.problems())
                .allSatisfy(problem -> assertThat(problem.file()).endsWith("bad.yaml"))
                .extracting(Problem::field)
                .containsExactly(
                        "name",
                        "schedule",
                        "timezone",
                        "duration",
                        "cutoff",
                        "missed",
                        "targets.servers",
                        "operation",
                        "notify[0]",
                        "notify[1]");
    }

    @Test
    void aCutoffLongerThanTheDurationAndARateWithoutStartAreRefused() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), good("cut") + "cutoff: 4\n");
        Files.writeString(folder.resolve("b.yaml"), good("rate").replace("cron(0 2 ? * SUN *)", "rate(7 days)"));

        Loaded<List<FileWindow>> loaded = WindowsFile.load(folder);

        assertThat(loaded.content()).isEmpty();
        assertThat(loaded.problems()).extracting(Problem::field).containsExactly("cutoff", "start");
    }

    @Test
    void twoWindowsOfOneNameAreNotBothTaken() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), good("same"));
        Files.writeString(folder.resolve("b.yaml"), good("SAME"));

        Loaded<List<FileWindow>> loaded = WindowsFile.load(folder);

        assertThat(loaded.content()).hasSize(1);
        assertThat(loaded.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("is taken by"));
    }

    private static String good(String name) {
        return """
            name: %s
            schedule: cron(0 2 ? * SUN *)
            timezone: UTC
            duration: 3
            targets: {servers: [localhost]}
            operation: scan
            """.formatted(name);
    }
}
