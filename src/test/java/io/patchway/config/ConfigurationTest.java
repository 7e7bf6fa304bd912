package io.patchway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.baseline.EverythingApproved;
import io.patchway.config.document.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    @TempDir
    Path folder;

    @Test
    void theShippedConfigurationHasNoProblems() {
        Configuration configuration = Configuration.load(Path.of("config"));

        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.inventory().all()).isNotEmpty();
        assertThat(configuration.scriptPackages().all()).hasSize(2);
    }

    @Test
    void anEmptyFolderIsAConfigurationWithThePredefinedBaselines() {
        Configuration configuration = Configuration.load(folder);

        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.baselines().declared()).isNotEmpty();
    }

    @Test
    void aBaselineThatDoesNotExistIsReportedForServersAndWindows() throws IOException {
        Files.writeString(
                folder.resolve("servers.yaml"),
                "servers: [{id: web-01, baseline: gone-1, connection: {type: local}}]\n");
        Files.writeString(Files.createDirectory(folder.resolve("windows")).resolve("night.yaml"), """
            name: night
            schedule: cron(0 2 * * ? *)
            timezone: UTC
            duration: 3
            targets: {servers: [web-01]}
            operation: scan
            baseline: gone-2
            """);

        Configuration configuration = Configuration.load(folder);

        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.deadEnds(folder, new EverythingApproved()))
                .extracting(Problem::message)
                .satisfiesExactly(
                        message -> assertThat(message).startsWith("server web-01: there is no baseline 'gone-1'"),
                        message -> assertThat(message).startsWith("window night: there is no baseline 'gone-2'"));
        assertThat(configuration.windows()).hasSize(1);
    }
}
