package io.patchway.api.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.patchway.faults.Survives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiTokenTest {
    @TempDir
    Path folder;

    @Test
    @Survives(31)
    void aRandomTokenIsMadeOnceAndOnlyItsOwnerMayReadIt() throws IOException {
        Path file = folder.resolve("secrets/api-token");
        ApiToken made = ApiToken.in(file);
        String token = Files.readString(file).strip();

        assertThat(token).hasSize(43);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(made.admits("Bearer " + token)).isTrue();
        assertThat(ApiToken.in(file).admits("bearer " + token)).isTrue();
        assertThat(made.admits(token)).isFalse();
        assertThat(made.admits("Bearer " + token + "x")).isFalse();
    }

    @Test
    @Survives(31)
    void aTokenThatCouldBeGuessedIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "secret\n");

        assertThatIOException().isThrownBy(() -> ApiToken.in(file)).withMessageContaining("at least 22 characters");
    }
}
