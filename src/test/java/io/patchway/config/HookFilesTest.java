package io.patchway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.run.Hook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HookFilesTest {
    @TempDir
    private Path folder;

    @Test
    void aHookIsCalledLikeItsFile() throws IOException {
        write("web_drain-1.2.sh", "systemctl stop nginx # Größe\n");
        write("notes.txt", "no hook");

        Loaded<List<Hook>> loaded = HookFiles.load(folder);

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.content()).containsExactly(new Hook("web_drain-1.2", "systemctl stop nginx # Größe\n"));
    }

    @Test
    void aFolderThatIsNotThereHasNoHooks() {
        assertThat(HookFiles.load(folder.resolve("hooks")).content()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ab.sh       | exit 0          | 3 to 128 letters
        a b c.sh    | exit 0          | 3 to 128 letters
        größe.sh    | exit 0          | 3 to 128 letters
        empty.sh    | ' '             | is empty
        windows.sh  | 'exit 0\\r\\n'  | line ends
        nul.sh      | 'exit 0\\0'     | NUL
        """)
    void aFileThatIsNoHookIsNamedAndLeftOut(String name, String script, String problem) throws IOException {
        write(name, script.translateEscapes());
        write("good.sh", "exit 0");

        Loaded<List<Hook>> loaded = HookFiles.load(folder);

        assertThat(loaded.content()).extracting(Hook::name).containsExactly("good");
        assertThat(loaded.problems())
                .singleElement()
                .asString()
                .contains(folder.resolve(name).toString(), problem);
    }

    @Test
    void whatIsTooLongOrNoTextOrALinkIsLeftOut() throws IOException {
        write("long.sh", "#".repeat(Hook.MOST_BYTES + 1));
        Files.write(folder.resolve("bytes.sh"), "gr\u00f6\u00dfe".getBytes(StandardCharsets.ISO_8859_1));
        Files.createSymbolicLink(folder.resolve("link.sh"), Path.of("/etc/profile"));

        Loaded<List<Hook>> loaded = HookFiles.load(folder);

        assertThat(loaded.content()).isEmpty();
        assertThat(loaded.problems())
                .extracting(Object::toString)
                .satisfiesExactly(
                        bytes -> assertThat(bytes).contains("bytes.sh", "UTF-8"),
                        link -> assertThat(link).contains("link.sh", "not a regular file"),
                        tooLong -> assertThat(tooLong).contains("long.sh", "larger than 16384 bytes"));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
