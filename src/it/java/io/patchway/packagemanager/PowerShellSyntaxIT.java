package io.patchway.packagemanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.aws.Program;
import io.patchway.connection.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Has a real parser read the PowerShell scripts, as they are sent: the grammar of tree-sitter, from npm, in Node.js.
 * PowerShell itself cannot be had where the tests run.
 */
class PowerShellSyntaxIT {
    private static final Path RESOURCES = Path.of("src/it/resources/powershell");
    /** Kept from one run of the tests to the next. */
    private static final Path FOLDER = Path.of("target", "powershell");

    @BeforeAll
    static void install() throws Exception {
        Program.assume("command -v npm && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)'");
        Files.createDirectories(FOLDER);
        for (String name : List.of("package.json", "package-lock.json", "parse.mjs")) {
            Files.copy(RESOURCES.resolve(name), FOLDER.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(FOLDER.resolve("node_modules/.package-lock.json"))) {
            Ended npm = run(
                    FOLDER,
                    "npm",
                    "ci",
                    "--prefer-offline",
                    "--fetch-retries=5",
                    "--ignore-scripts",
                    "--no-audit",
                    "--no-fund");
            assertThat(npm.status()).as(npm.said()).isZero();
        }
    }

    @Test
    void everyScriptIsPowerShell(@TempDir Path folder) throws Exception {
        List<String> command = new ArrayList<>(List.of("node", "parse.mjs"));
        for (Script script : WindowsScripts.all()) {
            command.add(write(folder, script.name(), script.text()));
        }
        command.add(write(folder, "worker", WindowsScripts.worker()));

        Ended parsed = run(FOLDER, command.toArray(String[]::new));

        assertThat(parsed.said()).isEmpty();
        assertThat(parsed.status()).isZero();
    }

    @Test
    void theParserSeesMistakes(@TempDir Path folder) throws Exception {
        String broken = WindowsScripts.REBOOT.text().replaceFirst("\\} elseif", "elseif {");

        Ended parsed = run(FOLDER, "node", "parse.mjs", write(folder, "broken", broken));

        assertThat(parsed.status()).isEqualTo(1);
    }

    private static String write(Path folder, String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name + ".ps1"), text).toString();
    }

    private record Ended(int status, String said) {}

    private static Ended run(Path folder, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said.strip());
    }
}
