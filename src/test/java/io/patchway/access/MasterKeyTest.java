package io.patchway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.patchway.faults.Survives;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeyTest {
    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("secrets/master-key");
    }

    @Test
    void aFileIsMadeThatOnlyItsOwnerReadsAndTheNextStartUsesIt() throws Exception {
        String sealed = MasterKey.in(file()).seal("secret", "AKIA1");

        assertThat(MasterKey.in(file()).open(sealed, "AKIA1")).contains("secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(folder.resolve("secrets")).isDirectoryContaining("glob:**/master-key");
        assertThat(folder.resolve("secrets").toFile().list()).hasSize(1);
    }

    @Test
    @Survives(35)
    void whoHasOnlyWhatIsSealedHasNothing() throws Exception {
        MasterKey key = MasterKey.in(file());
        String sealed = key.seal("secret", "AKIA1");

        assertThat(new String(Base64.getDecoder().decode(sealed), "ISO-8859-1")).doesNotContain("secret");
        assertThat(key.seal("secret", "AKIA1")).isNotEqualTo(sealed);
        assertThat(MasterKey.in(folder.resolve("other")).open(sealed, "AKIA1")).isEmpty();
        assertThat(key.open(sealed, "AKIA2")).as("moved to another key's row").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "not base64!"})
    void whatWasChangedCannotBeOpened(String sealed) throws Exception {
        MasterKey key = MasterKey.in(file());
        byte[] bytes = Base64.getDecoder().decode(key.seal("secret", "AKIA1"));
        bytes[bytes.length - 1] ^= 1;

        assertThat(key.open(sealed, "AKIA1")).isEmpty();
        assertThat(key.open(Base64.getEncoder().encodeToString(bytes), "AKIA1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "AAAA", "***"})
    void aFileWithSomethingElseIsRefusedWithWhatToDo(String content) throws Exception {
        Path damaged = folder.resolve("damaged");
        Files.writeString(damaged, content);

        assertThatIOException()
                .isThrownBy(() -> MasterKey.in(damaged))
                .withMessageContaining("must hold 32 bytes in Base64")
                .withMessageContaining(damaged.toString());
    }
}
