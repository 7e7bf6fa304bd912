package io.patchway.clc;

import io.patchway.aws.Program;
import io.patchway.hosts.CommandResult;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * {@code drive.go}, compiled against CenturyLink's Go SDK as Debian packages it. Program and compiler's cache are kept
 * from one run of the tests to the next.
 */
record GoClient(Path program, URI address, String user, String password) {
    private static final Path FOLDER = Path.of("target", "clc-sdk-for-go").toAbsolutePath();
    private static final String SDK = "/usr/share/gocode/src/github.com/CenturyLinkCloud/clc-sdk";

    /** Skips the test where there is no Go or no SDK. */
    static GoClient compiled(URI address, String user, String password) throws IOException {
        Program.assume("command -v go && ls -d " + SDK);
        Files.createDirectories(FOLDER);
        Path program = FOLDER.resolve("drive");
        Program.run(
                        FOLDER,
                        Map.of(
                                "GO111MODULE", "off",
                                "GOFLAGS", "",
                                "CGO_ENABLED", "0",
                                "GOPATH", "/usr/share/gocode",
                                "GOCACHE", FOLDER.resolve("cache").toString()),
                        List.of("go", "build", "-o", program.toString(), source().toString()))
                .succeeded();
        return new GoClient(program, address, user, password);
    }

    GoClient withPassword(String other) {
        return new GoClient(program, address, user, other);
    }

    /** Signs in and takes these steps, one after the other. */
    CommandResult take(String server, String... steps) {
        List<String> command = new ArrayList<>(List.of(program.toString(), server));
        command.addAll(List.of(steps));
        return Program.run(
                FOLDER,
                Map.of("CLC_BASE_URL", address + "/v2", "CLC_USERNAME", user, "CLC_PASSWORD", password),
                command);
    }

    private static Path source() {
        try {
            return Path.of(Objects.requireNonNull(GoClient.class.getResource("/clc/drive.go"), "there is no drive.go")
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("cannot find drive.go", e);
        }
    }
}
