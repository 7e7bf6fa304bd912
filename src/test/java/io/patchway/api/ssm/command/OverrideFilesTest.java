package io.patchway.api.ssm.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.patchway.api.ssm.SsmException;
import io.patchway.baseline.PatchBaseline;
import io.patchway.run.PatchOverride.ListedPatch;
import io.patchway.server.OperatingSystem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverrideFilesTest {
    private HttpServer web;
    private String base;
    private OverrideDownload download;
    private OverrideFiles files;

    @BeforeEach
    void openWeb() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.start();
        base = "http://127.0.0.1:" + web.getAddress().getPort();
        download = new OverrideDownload(List.of(base + "/allowed/"));
        files = new OverrideFiles(download);
    }

    @AfterEach
    void close() {
        download.close();
        web.stop(0);
    }

    @Test
    void anInstallListIsReadFromWhereItIsAllowed() {
        offer("/allowed/list.yaml", 200, """
            patches:
              - id: 'openssl.x86_64'
                title: 'openssl.x86_64:1:3.0.7-28.el9'
              - id: 'kernel*'
                title: '*'
            """);

        assertThat(files.installList(base + "/allowed/list.yaml").patches())
                .containsExactly(
                        new ListedPatch("openssl.x86_64", "openssl.x86_64:1:3.0.7-28.el9"),
                        new ListedPatch("kernel*", "*"));
    }

    @Test
    void baselinesAreReadAndHeldToTheModel() {
        offer("/allowed/baselines.json", 200, """
            [{"OperatingSystem": "DEBIAN", "ApprovedPatches": ["curl"]},
             {"OperatingSystem": "ROCKY_LINUX", "RejectedPatches": ["kernel*"], "RejectedPatchesAction": "BLOCK"}]
            """);

        List<PatchBaseline> baselines =
                files.baselineList(base + "/allowed/baselines.json").baselines();

        assertThat(baselines)
                .extracting(PatchBaseline::operatingSystem)
                .containsExactly(OperatingSystem.DEBIAN, OperatingSystem.ROCKY_LINUX);
        assertThat(baselines.get(1).rejectedPatches()).containsExactly("kernel*");
    }

    @Test
    void wrongContentIsRefusedWithTheReason() {
        offer("/allowed/wrong.yaml", 200, "patches:\n  - id: one\n    titel: two\n");
        offer("/allowed/wrong.json", 200, "[{\"OperatingSystem\": \"BEOS\"}]");
        offer("/allowed/no.json", 200, "{");
        offer("/allowed/empty.json", 200, "[]");

        assertRefused("titel", () -> files.installList(base + "/allowed/wrong.yaml"));
        assertRefused("BEOS", () -> files.baselineList(base + "/allowed/wrong.json"));
        assertRefused("not JSON", () -> files.baselineList(base + "/allowed/no.json"));
        assertRefused("1 to 20", () -> files.baselineList(base + "/allowed/empty.json"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/other/list.yaml", "/allowed/../other/list.yaml", "/allowed/%2e%2e/list.yaml", "/allowedtoo/x"})
    void otherAddressesAreRefusedWithHowToAllowThem(String path) {
        assertRefused("patchway.ssm.override-urls", () -> files.installList(base + path));
    }

    @Test
    void otherHostsUsersAndS3AreRefused() {
        assertRefused("not allowed", () -> files.installList("https://127.0.0.1/allowed/list.yaml"));
        assertRefused("not allowed", () -> files.installList(base.replace("//", "//me@") + "/allowed/list.yaml"));
        assertRefused("S3", () -> files.installList("s3://bucket/list.yaml"));
    }

    @Test
    void redirectsErrorsAndTooMuchAreRefused() {
        web.createContext("/allowed/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", base + "/other");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        offer("/allowed/large", 200, "x".repeat(1024 * 1024 + 1));

        assertRefused("302", () -> files.installList(base + "/allowed/moved"));
        assertRefused("404", () -> files.installList(base + "/allowed/missing"));
        assertRefused("more than 1048576 bytes", () -> files.installList(base + "/allowed/large"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"files.example.org/", "https://files.example.org", "ftp://files.example.org/", "https:///x/"})
    void aPrefixThatAllowsTooMuchIsNoSetting(String prefix) {
        assertThatThrownBy(() -> new OverrideDownload(List.of(prefix))).isInstanceOf(IllegalArgumentException.class);
    }

    private void offer(String path, int status, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        web.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private static void assertRefused(String reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SsmException.class, e -> assertThat(e.code()).isEqualTo("InvalidParameters"))
                .hasMessageContaining(reason);
    }
}
