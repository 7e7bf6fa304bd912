package io.patchway.aws;

import io.patchway.hosts.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The test programs of {@code src/it/resources/aws} that are not written in Java. */
final class ClientPrograms {
    /** Kept from one run of the tests to the next. */
    private static final Path JAVASCRIPT = Path.of("target", "aws-sdk-for-javascript");

    private final Map<String, String> environment;

    ClientPrograms(IssuedKey key, IssuedKey viewer) {
        this.environment = new HashMap<>(key.environment());
        environment.put("VIEWER_KEY_ID", viewer.id());
        environment.put("VIEWER_SECRET", viewer.secret());
        environment.put("SAMPLE", Program.resource("update-patch-baseline.json").toString());
    }

    /** The SDK that Debian packages. */
    CommandResult python() {
        Program.assume("/usr/bin/python3 -c 'import boto3'");
        return Program.run(
                Path.of("."),
                environment,
                List.of(
                        "/usr/bin/python3",
                        "-B",
                        Program.resource("boto3_client.py").toString()));
    }

    /** The SDK from npm, exactly as the lock file names it; it needs Node.js 20. */
    CommandResult javascript() throws IOException {
        Program.assume("command -v npm && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)'");
        Path installed = JAVASCRIPT.resolve("node_modules/.package-lock.json");
        Path lock = JAVASCRIPT.resolve("package-lock.json");
        Path wanted = Program.resource("javascript/package-lock.json");
        if (!Files.exists(installed) || Files.mismatch(lock, wanted) != -1) {
            Files.createDirectories(JAVASCRIPT);
            copy("package.json");
            copy("package-lock.json");
            Program.run(
                            JAVASCRIPT,
                            Map.of(),
                            List.of(
                                    "npm",
                                    "ci",
                                    "--prefer-offline",
                                    "--fetch-retries=5",
                                    "--ignore-scripts",
                                    "--no-audit",
                                    "--no-fund"))
                    .succeeded();
        }
        copy("client.test.mjs");
        return Program.run(JAVASCRIPT, environment, List.of("node", "--test", "client.test.mjs"));
    }

    private static void copy(String name) throws IOException {
        Files.copy(
                Program.resource("javascript/" + name), JAVASCRIPT.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
}
