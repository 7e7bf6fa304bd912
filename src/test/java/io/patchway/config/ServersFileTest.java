package io.patchway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.patchway.config.document.Problem;
import io.patchway.faults.Survives;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.ConnectionSettings.RemoteShell;
import io.patchway.server.ConnectionSettings.WinRm.Authentication;
import io.patchway.server.OperatingSystem;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServersFileTest {
    @TempDir
    Path project;

    private Path file;

    @BeforeEach
    void makeConfigFolder() throws IOException {
        file = Files.createDirectory(project.resolve("config")).resolve("servers.yaml");
    }

    @Test
    void theShippedFileHoldsThisMachineForScansOnly() {
        Loaded<ListedServers> loaded = new ServersFile(Path.of("config/servers.yaml")).load();

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.content().all()).singleElement().satisfies(server -> {
            assertThat(server.id()).isEqualTo(new ServerId("localhost"));
            assertThat(server.scanOnly()).isTrue();
            assertThat(server.connection()).isEqualTo(new ConnectionSettings.Local());
        });
    }

    @Test
    void aServerTakesFromTheDefaultsWhatItDoesNotSay() throws IOException {
        Files.writeString(file, """
            defaults:
              baseline: production-linux
              connection:
                user: patchway
                privateKey: keys/id_ed25519
                knownHosts: /etc/ssh/ssh_known_hosts
            servers:
              - id: WEB-01
                name: Web server 1
                groups: [web]
                tags: {environment: production}
                connection: {type: ssh, host: "2001:db8::1", port: 2222}
            """);

        Loaded<ListedServers> loaded = new ServersFile(file).load();

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.content().find(new ServerId("web-01")))
                .contains(new Server(
                        new ServerId("web-01"),
                        "Web server 1",
                        Set.of("web"),
                        Map.of("environment", "production"),
                        Optional.of("production-linux"),
                        false,
                        new ConnectionSettings.Ssh(
                                "2001:db8::1",
                                2222,
                                "patchway",
                                project.resolve("keys/id_ed25519"),
                                Optional.empty(),
                                Path.of("/etc/ssh/ssh_known_hosts"))));
        assertThat(loaded.content().inGroup("web")).hasSize(1);
    }

    @Test
    void aServerSaysItsAccountAliasAndWhatItRuns() throws IOException {
        Files.writeString(file, """
            defaults: {alias: east, operatingSystem: ROCKY_LINUX}
            servers:
              - {id: web-01, connection: {type: local}}
              - {id: web-02, alias: West2, operatingSystem: DEBIAN, connection: {type: local}}
            """);

        assertThat(new ServersFile(file).load().content().all())
                .extracting(Server::alias, Server::operatingSystem)
                .containsExactly(
                        tuple(Optional.of("EAST"), Optional.of(OperatingSystem.ROCKY_LINUX)),
                        tuple(Optional.of("WEST2"), Optional.of(OperatingSystem.DEBIAN)));
    }

    @Test
    void anAliasOrAnOperatingSystemThatIsNoneIsRefused() throws IOException {
        Files.writeString(file, """
            servers:
              - {id: web-01, alias: "a/b", operatingSystem: rocky, connection: {type: local}}
            """);

        assertThat(new ServersFile(file).load().problems())
                .extracting(Problem::field)
                .containsExactly("servers[0].alias", "servers[0].operatingSystem");
    }

    @Test
    void everyProblemIsNamedWithLineAndFieldAndNothingIsTaken() throws IOException {
        Files.writeString(file, """
            servers:
              - id: web-01
                conection: {type: local}
              - id: web-01
                connection: {type: ssh, host: "-oProxyCommand=x", port: 0}
              - id: web-02
                connection: {type: telnet}
            """);

        Loaded<ListedServers> loaded = new ServersFile(file).load();

        assertThat(loaded.content().all()).isEmpty();
        assertThat(loaded.problems())
                .extracting(Problem::line, Problem::field)
                .containsExactly(
                        tuple(2, "servers[0].connection"),
                        tuple(3, "servers[0].conection"),
                        tuple(4, "servers[1].id"),
                        tuple(5, "servers[1].connection.host"),
                        tuple(5, "servers[1].connection.knownHosts"),
                        tuple(5, "servers[1].connection.port"),
                        tuple(5, "servers[1].connection.privateKey"),
                        tuple(7, "servers[2].connection.type"));
    }

    @Test
    void aWindowsServerIsReachedOverWinRmOrSsh() throws IOException {
        Files.writeString(file, """
            defaults:
              connection: {user: patchway, port: 2222, privateKey: keys/id_ed25519, knownHosts: keys/known_hosts}
            servers:
              - id: win-01
                connection:
                  type: winrm
                  host: win-01.example.com
                  user: EXAMPLE\\patchway
                  passwordFile: secrets/winrm
                  authentication: kerberos
                  trustedCertificates: authority.pem
              - id: win-02
                connection: {type: winrm, host: win-02, user: patchway@example.com, passwordFile: p, https: false}
              - id: win-03
                connection: {type: ssh, host: win-03, shell: powershell}
            """);

        Loaded<ListedServers> loaded = new ServersFile(file).load();

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.content().all())
                .allMatch(Server::runsWindows)
                .extracting(Server::connection)
                .containsExactly(
                        new ConnectionSettings.WinRm(
                                "win-01.example.com",
                                5986,
                                "EXAMPLE\\patchway",
                                project.resolve("secrets/winrm"),
                                true,
                                Authentication.KERBEROS,
                                Optional.of(project.resolve("authority.pem"))),
                        new ConnectionSettings.WinRm(
                                "win-02",
                                5985,
                                "patchway@example.com",
                                project.resolve("p"),
                                false,
                                Authentication.NTLM,
                                Optional.empty()),
                        new ConnectionSettings.Ssh(
                                "win-03",
                                2222,
                                "Administrator",
                                project.resolve("keys/id_ed25519"),
                                Optional.empty(),
                                project.resolve("keys/known_hosts"),
                                RemoteShell.POWERSHELL));
    }

    @Test
    void whatAConnectionToWindowsCannotHaveIsNamed() throws IOException {
        Files.writeString(file, """
            servers:
              - id: win-01
                connection: {type: winrm, host: w, user: u, passwordFile: p, https: false, authentication: basic}
              - id: win-02
                connection: {type: winrm, host: w, user: "u; id", passwordFile: p, privateKey: k, shell: sh}
              - id: win-03
                connection: {type: winrm, host: w, https: false, trustedCertificates: c}
              - id: web-01
                connection: {type: ssh, host: w, privateKey: k, knownHosts: k, passwordFile: p}
            """);

        assertThat(new ServersFile(file).load().problems())
                .extracting(Problem::field)
                .containsExactlyInAnyOrder(
                        "servers[0].connection.authentication",
                        "servers[1].connection.user",
                        "servers[1].connection.privateKey",
                        "servers[1].connection.shell",
                        "servers[2].connection.user",
                        "servers[2].connection.passwordFile",
                        "servers[2].connection.trustedCertificates",
                        "servers[3].connection.passwordFile");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;id", "$(id)", "-a", "../a", "a b", "a\\nb", "аdmin", "${sys.x}", "", "a/b"})
    @Survives(24)
    void aServerIdOutsideTheAllowListIsRefused(String id) throws IOException {
        Files.writeString(file, "servers:\n  - id: \"%s\"\n    connection: {type: local}\n".formatted(id));

        Loaded<ListedServers> loaded = new ServersFile(file).load();

        assertThat(loaded.content().all()).isEmpty();
        assertThat(loaded.problems()).extracting(Problem::field).containsExactly("servers[0].id");
    }

    @Test
    void aFileThatDoesNotExistHoldsNoServers() {
        Loaded<ListedServers> loaded = new ServersFile(file).load();

        assertThat(loaded.content().all()).isEmpty();
        assertThat(loaded.problems()).isEqualTo(List.of());
    }

    @Test
    void aServerOfAnotherSiteTakesTheUsualPackageAndNothingFromTheDefaults() throws IOException {
        Files.writeString(file, """
            defaults:
              connection: {user: root, knownHosts: /etc/ssh/ssh_known_hosts}
            servers:
              - id: branch-01
                connection:
                  type: http
                  url: https://branch.example.com:8470/
                  user: headquarters
                  passwordFile: config/secret
                  server: web-01
            """);

        Loaded<ListedServers> loaded = new ServersFile(file).load();

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.content().all().getFirst().connection())
                .isEqualTo(new ConnectionSettings.Http(
                        URI.create("https://branch.example.com:8470"),
                        Optional.empty(),
                        "headquarters",
                        project.resolve("config/secret"),
                        "web-01",
                        UUID.fromString("c3c6642e-24e1-4c37-b56a-1cf1476ee360"),
                        Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "http://branch.example.com, url",
        "ftp://branch.example.com, url",
        "https://user:secret@branch.example.com, url",
        "https://branch.example.com?a=b, url",
        "https://branch.example.com/a%2fb, url",
        "http://localhost.example.com, url"
    })
    void anAddressThatIsNotPlainOrNotSafeIsRefused(String url, String field) throws IOException {
        assertThat(problems("{type: http, url: \"" + url + "\", user: u, passwordFile: p, server: s}"))
                .containsExactly("servers[0].connection." + field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{type: http, url: \"http://127.0.0.1:8470\", user: u, passwordFile: p, server: s}",
                "{type: http, url: \"http://10.1.2.3\", allowUnencrypted: true, user: u, passwordFile: p, server: s}"
            })
    void withoutEncryptionIsAllowedOnThisMachineOrWhenItIsSaid(String connection) throws IOException {
        assertThat(problems(connection)).isEmpty();
    }

    @Test
    void aFieldOfAnotherTypeOfConnectionIsRefused() throws IOException {
        assertThat(problems("{type: http, url: \"https://a\", user: u, passwordFile: p, server: s, port: 22}"))
                .containsExactly("servers[0].connection.port");
        assertThat(problems("{type: local, url: \"https://a\"}")).containsExactly("servers[0].connection.url");
        assertThat(problems("{type: http, url: \"https://a\", user: u, passwordFile: p, server: ../x}"))
                .containsExactly("servers[0].connection.server");
    }

    private List<String> problems(String connection) throws IOException {
        Files.writeString(file, "servers:\n  - id: branch-01\n    connection: " + connection + "\n");
        return new ServersFile(file)
                .load().problems().stream().map(Problem::field).toList();
    }
}
