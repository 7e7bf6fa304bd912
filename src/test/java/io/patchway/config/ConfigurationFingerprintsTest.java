package io.patchway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFingerprintsTest {
    @TempDir
    Path folder;

    @Test
    void everyFileBelowAFolderHasItsHash() throws IOException {
        Files.createDirectories(folder.resolve("windows"));
        Path file = Files.writeString(folder.resolve("windows/night.yaml"), "abc");

        assertThat(ConfigurationFingerprints.of(List.of(folder, folder.resolve("missing")), Map.of()))
                .containsExactly(Map.entry(
                        "file " + file, "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    @Test
    void settingsShowTheirValueUnlessItCouldHoldASecret() throws IOException {
        Map<String, String> shown = ConfigurationFingerprints.of(
                List.of(),
                Map.of(
                        "patchway.inbox", "var/inbox",
                        "patchway.api.token-file", "var/secrets/api-token",
                        "patchway.some.password", "tiger",
                        "patchway.database.url", "jdbc:postgresql://db/patchway?password=tiger"));

        assertThat(shown)
                .containsEntry("setting patchway.inbox", "var/inbox")
                .containsEntry("setting patchway.api.token-file", "var/secrets/api-token");
        assertThat(shown.get("setting patchway.some.password")).startsWith("sha256:");
        assertThat(shown.get("setting patchway.database.url")).startsWith("sha256:");
    }
}
