package io.patchway.ivanti;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchway.hosts.HostKind;
import io.patchway.hosts.NeedsRealHosts;
import io.patchway.hosts.RealHost;
import io.patchway.hosts.RealHosts;
import io.patchway.hosts.Scenario;
import io.patchway.whole.PatchwayProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * curl and Python's requests against a whole Patchway with real hosts: what is missing and installed is what the
 * package managers themselves say, and the documented way from a group of machines to patched ones is gone to its end.
 */
@NeedsRealHosts
class IvantiClientsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "correct horse battery";
    private static final String BASE = "/st/console/api/v1.0/";

    @TempDir
    private Path folder;

    private final Map<String, Set<String>> offeredBefore = new HashMap<>();

    @Test
    void scriptsScanAndPatchRealHosts() throws Exception {
        try (RealHost dnf = RealHosts.start(HostKind.DNF, "ivanti-dnf", Scenario.UPDATES);
                RealHost apt = RealHosts.start(HostKind.APT, "ivanti-apt", Scenario.UPDATES);
                RealHost zypper = RealHosts.start(HostKind.ZYPPER, "ivanti-zypper", Scenario.UPDATES);
                PatchwayProcess patchway = patchway(List.of(dnf, apt, zypper)).start()) {
            addUser(patchway);
            List<RealHost> hosts = List.of(dnf, apt, zypper);
            Map<String, Set<String>> installed =
                    hosts.stream().collect(Collectors.toMap(RealHost::name, IvantiClientsIT::installed));
            String base = patchway.address() + BASE;

            curlSignsInWithBasicAlone(base);
            JsonNode seen = startToFinish(base, hosts);

            for (RealHost host : hosts) {
                JsonNode before = seen.path("before").path(host.name());
                assertThat(before.path("error").isNull()).as(before.toString()).isTrue();
                assertThat(texts(before.path("installed"))).isEqualTo(installed.get(host.name()));
                assertThat(before.path("missingCount").asInt())
                        .isEqualTo(before.path("missing").size());
                assertThat(before.path("installedCount").asInt())
                        .isEqualTo(before.path("installed").size());
                assertThat(texts(before.path("missing"))).isNotEmpty().isEqualTo(offeredBefore.get(host.name()));

                JsonNode after = seen.path("after").path(host.name());
                assertThat(texts(after.path("missing"))).isEmpty();
                assertThat(texts(after.path("installed"))).isEqualTo(installed(host));
                assertThat(offered(host)).isEmpty();
                assertThat(seen.path("states").path(host.name()).asText()).isEqualTo("Complete");
                assertThat(texts(seen.path("patches").path(host.name()))).containsExactly("VerifiedFixed");
            }
        }
    }

    private void curlSignsInWithBasicAlone(String base) throws Exception {
        assertThat(run("curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", base + "patch/scans"))
                .isEqualTo("401");
        assertThat(run(
                        "curl",
                        "-s",
                        "-u",
                        "CORP\\script:" + PASSWORD,
                        "-H",
                        "Content-Type: application/json",
                        base.replace("/st/", "/ST/") + "PATCH/Scans"))
                .isEqualTo("{\"count\":0,\"links\":{},\"value\":[]}");
        assertThat(run(
                        "curl",
                        "-s",
                        "--anyauth",
                        "-u",
                        "script:" + PASSWORD,
                        "-d",
                        "{\"name\": \"\",}",
                        base + "patch/scans"))
                .contains("\"message\":\"name is required");
    }

    private JsonNode startToFinish(String base, List<RealHost> hosts) throws Exception {
        hosts.forEach(host -> offeredBefore.put(host.name(), offered(host)));
        List<String> command = new ArrayList<>(List.of(
                "python3",
                Path.of("src/it/resources/ivanti/start_to_finish.py")
                        .toAbsolutePath()
                        .toString(),
                base,
                "script",
                PASSWORD));
        hosts.forEach(host -> command.add(host.name()));
        return JSON.readTree(run(command.toArray(String[]::new)));
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.strip();
    }

    /** What the package manager itself says is on offer, the newest version of each package. */
    private static Set<String> offered(RealHost host) {
        return lines(
                host,
                switch (host.kind()) {
                    case DNF, DNF5 ->
                        "dnf -q --refresh repoquery --upgrades --latest-limit 1 --qf '%{name}.%{arch}=%{evr}' | sort"
                                + " -u";
                    case APT ->
                        "apt-get -qq update && apt list --upgradable 2> /dev/null"
                                + " | sed -n 's,^\\([^/]*\\)/[^ ]* \\([^ ]*\\) \\([^ ]*\\) .*,\\1.\\3=\\2,p'";
                    case ZYPPER ->
                        "zypper -q refresh > /dev/null && zypper -q list-updates"
                                + " | awk -F ' *[|] *' '/^v /{sub(/ +$/, \"\", $6); print $3 \".\" $6 \"=\" $5}'";
                });
    }

    private static Set<String> installed(RealHost host) {
        return lines(
                host,
                host.kind() == HostKind.APT
                        ? "dpkg-query -W -f '${db:Status-Status} ${Package}.${Architecture}=${Version}\\n'"
                                + " | sed -n 's/^installed //p'"
                        : "rpm -qa --qf '%{NAME}.%{ARCH}=%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}\\n'"
                                + " | grep -v '^gpg-pubkey'");
    }

    /** As Patchway writes versions: an epoch of 0 is left out. */
    private static Set<String> lines(RealHost host, String shell) {
        return host.execute("sh", "-c", shell)
                .succeeded()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> line.replace("=0:", "="))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void addUser(PatchwayProcess patchway) throws Exception {
        URI users = patchway.address().resolve("/api/users");
        String token = Files.readString(patchway.file("var/secrets/api-token")).strip();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String body = "{\"name\": \"script\", \"role\": \"administrator\", \"password\": \"" + PASSWORD + "\"}";
            int status = client.send(
                            HttpRequest.newBuilder(users)
                                    .header("Authorization", "Bearer " + token)
                                    .POST(BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.ofString())
                    .statusCode();
            assertThat(status).isEqualTo(201);
        }
    }

    private PatchwayProcess patchway(List<RealHost> hosts) throws Exception {
        PatchwayProcess patchway = new PatchwayProcess(folder, Map.of("PATCHWAY_REHEARSAL", "false"));
        Files.writeString(
                patchway.file("config/known_hosts"),
                hosts.stream().map(RealHost::hostKeyLine).collect(Collectors.joining("\n", "", "\n")));
        Files.writeString(
                patchway.file("config/servers.yaml"),
                Stream.concat(Stream.of("servers:\n"), hosts.stream().map(IvantiClientsIT::entry))
                        .collect(Collectors.joining()));
        return patchway;
    }

    private static String entry(RealHost host) {
        return """
              - id: %s
                connection: {type: ssh, host: %s, port: %d, user: patch, privateKey: %s, knownHosts: config/known_hosts}
            """.formatted(host.name(), host.address(), host.port(), host.privateKey());
    }
}
