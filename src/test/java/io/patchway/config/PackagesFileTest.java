package io.patchway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.config.document.Problem;
import io.patchway.run.ScriptPackage;
import io.patchway.run.ScriptPackages;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackagesFileTest {
    private static final Server LINUX = new Server(
            new ServerId("web-01"), "", Set.of(), Map.of(), Optional.empty(), false, new ConnectionSettings.Local());

    private final ScriptPackages shipped =
            new PackagesFile(Path.of("config/packages.yaml")).load().content();

    @ParameterizedTest
    @CsvSource({
        "c3c6642e-24e1-4c37-b56a-1cf1476ee360,Yum Update",
        "5D743F04-A9CE-4174-A7C8-52DF93C47C08,Yum Update",
        "yum update,Yum Update",
        "b229535c-a313-4a31-baf8-6aa71ff4b9ed,Auto Patching Windows 2012",
        "94bd395f-9b54-4693-94ae-4f3aa93fc239,Auto Patching Windows 2012"
    })
    void theShippedPackagesAreFoundByIdAliasAndName(String called, String name) {
        assertThat(shipped.find(called)).map(ScriptPackage::name).contains(name);
    }

    @Test
    void yumUpdateLeavesKernelAndNssOut() {
        ScriptPackage yum = shipped.find("Yum Update").orElseThrow();

        assertThat(yum.excluded()).containsExactly("kernel*", "nss*");
        assertThat(yum.parameters())
                .isEqualTo(Map.of(
                        "patch.debug.mode",
                        List.of("true", "false"),
                        "patch.maintenance.mode",
                        List.of("true", "false")));
        assertThat(yum.mayServe(LINUX)).isTrue();
    }

    @Test
    void theWindowsPackageServesNoLinuxServer() {
        assertThat(shipped.find("Auto Patching Windows 2012").orElseThrow().mayServe(LINUX))
                .isFalse();
    }

    @Test
    void theWindowsPackageServesWindowsAlone() {
        Server windows = new Server(
                new ServerId("win-01"),
                "",
                Set.of(),
                Map.of(),
                Optional.empty(),
                false,
                new ConnectionSettings.WinRm(
                        "win-01",
                        5986,
                        "Administrator",
                        Path.of("password"),
                        true,
                        ConnectionSettings.WinRm.Authentication.NTLM,
                        Optional.empty()));

        assertThat(shipped.find("Auto Patching Windows 2012").orElseThrow().mayServe(windows))
                .isTrue();
        assertThat(shipped.find("Yum Update").orElseThrow().mayServe(windows)).isFalse();
    }

    @Test
    void aBadFileIsLeftOutWithItsProblems(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("packages.yaml"), """
            packages:
              - id: c3c6642e
                name: A
                operatingSystems: [LINUX]
                approves: nothing
                excludes: ["kernel; reboot"]
            """);

        Loaded<ScriptPackages> loaded = new PackagesFile(file).load();

        assertThat(loaded.content().all()).isEmpty();
        assertThat(loaded.problems())
                .extracting(Problem::field)
                .containsExactly(
                        "packages[0].id",
                        "packages[0].operatingSystems[0]",
                        "packages[0].approves",
                        "packages[0].excludes[0]");
    }
}
