package io.patchway.ivanti;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.whole.PatchwayProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** curl and Python's requests sign in to a Patchway of their own, as scripts of Security Controls do. */
class IvantiSignInIT {
    private static final String USER = "svc-scripts";
    private static final String PASSWORD = "Password of scripts 1";
    private static final Path PYTHON = Path.of("src/it/resources/ivanti/sign_in.py");

    /** Debian's ntlm-auth asks OpenSSL for MD4. */
    private static final Path OPENSSL = Path.of("src/it/resources/ivanti/openssl-legacy.cnf");

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private PatchwayProcess patchway;

    private String base() {
        return patchway.address() + "/st/console/api/v1.0/";
    }

    private HttpResponse<String> own(String method, String path, String body) throws Exception {
        URI address = URI.create(patchway.address() + "/api/users" + path);
        String token = Files.readString(patchway.file("var/secrets/api-token")).strip();
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** What it printed. */
    private static String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("OPENSSL_CONF", OPENSSL.toAbsolutePath().toString());
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed;
    }

    /** Status and new connections of each call. */
    private String curl(String password, String... more) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("curl", "-s", "-S", "--ntlm", "-w", "%{http_code} %{num_connects};"));
        command.addAll(List.of("-u", USER + ":" + password, "-H", "Content-Type: application/json"));
        command.addAll(List.of(more));
        return run(command.toArray(String[]::new));
    }

    @Test
    void scriptsSignInByNtlmOnceItIsTurnedOnForTheirUser() throws Exception {
        try (PatchwayProcess started = new PatchwayProcess(folder, Map.of("PATCHWAY_REHEARSAL", "false"))) {
            patchway = started.start();
            String password = "{\"password\": \"" + PASSWORD + "\"}";
            String user = "{\"name\": \"" + USER + "\", \"role\": \"operator\", " + password.substring(1);
            assertThat(own("POST", "", user).statusCode()).isEqualTo(201);
            String version = base() + "configuration/version";

            assertThat(curl(PASSWORD, "-o", "/dev/null", version)).startsWith("401");

            assertThat(own("PUT", "/" + USER + "/ntlm", "{\"password\": \"a guess\"}")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(own("PUT", "/" + USER + "/ntlm", password).body()).contains("unsalted MD4");
            assertThat(curl(PASSWORD, "-o", "/dev/null", version, "-o", "/dev/null", version))
                    .isEqualTo("200 1;200 0;");
            assertThat(curl("a guess", "-o", "/dev/null", version)).startsWith("401");
            assertThat(curl(PASSWORD, "-d", "{\"clearText\": \"" + PASSWORD + "\"}", base() + "sessioncredentials"))
                    .startsWith("{\"created\":true}200");
            assertThat(run("/usr/bin/python3", PYTHON.toString(), base(), USER, PASSWORD))
                    .isEqualTo("done\n");

            assertThat(own("POST", "/" + USER + "/password", "{\"password\": \"another password\"}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(curl("another password", "-o", "/dev/null", version)).startsWith("401");
            assertThat(patchway.output()).doesNotContain(PASSWORD).doesNotContain("\tat ");
        }
    }
}
