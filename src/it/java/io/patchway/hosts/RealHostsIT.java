package io.patchway.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NeedsRealHosts
class RealHostsIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void bothUsersSignInAndAreRootOrMayBecomeRoot(HostKind kind) throws Exception {
        try (RealHost host = RealHosts.start(kind, "signs-in")) {
            PlainSsh ssh = new PlainSsh(host, folder);

            assertThat(ssh.as("root", "id -un && hostname").succeeded()).isEqualTo("root\nsigns-in");
            assertThat(ssh.as("patch", "id -un && sudo -n id -un").succeeded()).isEqualTo("patch\nroot");
        }
    }

    @ParameterizedTest
    @EnumSource
    void thePackageManagerListsTheUpdatesOfTheScenario(HostKind kind) {
        try (RealHost host = RealHosts.start(kind, "has-updates", Scenario.UPDATES)) {
            CommandResult listed = switch (kind) {
                case DNF -> host.execute("dnf", "-q", "updateinfo", "list");
                case DNF5 -> host.execute("dnf", "-q", "advisory", "list");
                case ZYPPER -> host.execute("zypper", "-n", "list-patches");
                case APT -> host.execute("sh", "-c", "apt-get -qq update && apt-get -s dist-upgrade");
            };

            assertThat(listed.succeeded())
                    .contains(
                            switch (kind) {
                                case DNF ->
                                    List.of(
                                            "EXSA-2025:1001 Critical/Sec.  openssl-1:3.2.2-7.el9",
                                            "EXSA-2025:1005 Important/Sec. httpd-2.4.62-4.el9",
                                            "EXSA-2025:1011 Moderate/Sec.  httpd-2.4.62-7.el9",
                                            "EXEA-2025:1009 enhancement    tzdata-2025b-1.el9");
                                case DNF5 ->
                                    List.of(
                                            "EXSA-2025:1001 security    Critical       openssl-1:3.2.2-7.el9",
                                            "EXSA-2025:1005 security    Important         httpd-2.4.62-4.el9",
                                            "EXEA-2025:1009 enhancement None              tzdata-2025b-1.el9");
                                case ZYPPER ->
                                    List.of("SUSE-EXSA-2025-1001", "SUSE-EXSA-2025-1011", "SUSE-EXBA-2025-1012");
                                case APT ->
                                    List.of(
                                            "Inst openssl [3.0.15-1~deb12u1] (3.0.15-1~deb12u2"
                                                    + " Example-Security:12/stable-security",
                                            "Inst acme-app [1.0-1] (2.0-1 Example:12/stable");
                            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRebootChangesTheBootIdAndSwitchesOnTheNextRound(HostKind kind) throws Exception {
        try (RealHost host = RealHosts.start(kind, "three-rounds", Scenario.THREE_ROUNDS)) {
            PlainSsh ssh = new PlainSsh(host, folder);

            assertThat(ssh.as("root", wantsReboot(kind)).status()).isNotZero();
            ssh.as("patch", "sudo -n " + update(kind)).succeeded();
            assertThat(ssh.as("root", wantsReboot(kind)).status()).isZero();
            reboot(host, ssh);
            assertThat(ssh.as("root", wantsReboot(kind)).status()).isNotZero();
            ssh.as("patch", "sudo -n " + update(kind)).succeeded();
            assertThat(ssh.as("root", wantsReboot(kind)).status()).isZero();
            assertThat(host.installedVersion("acme-tail")).contains("1.0-1");
            reboot(host, ssh);
            ssh.as("patch", "sudo -n " + update(kind)).succeeded();

            assertThat(ssh.as("root", wantsReboot(kind)).status()).isNotZero();
            assertThat(host.installedVersion("acme-tail")).contains("2.0-1");
            assertThat(host.installedVersion("acme-release")).contains("3-1");
            assertThat(host.rebootCount()).isEqualTo(2);
        }
    }

    @Test
    void aHostMayComeBackWithAnotherKey() throws Exception {
        try (RealHost host = RealHosts.start(HostKind.DNF, "changes-key")) {
            PlainSsh stranger = new PlainSsh(host, folder);
            String before = host.hostKeyLine();
            host.changeHostKeyOnNextBoot();
            reboot(host, new PlainSsh(host, folder));

            assertThat(host.hostKeyLine()).isNotEqualTo(before);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(
                                    stranger.trusting(before).as("root", "true").errors())
                            .contains("REMOTE HOST IDENTIFICATION HAS CHANGED"));
        }
    }

    @Test
    void aHostMayNeverReturn() throws Exception {
        try (RealHost host = RealHosts.start(HostKind.DNF, "never-returns")) {
            PlainSsh ssh = new PlainSsh(host, folder);
            host.neverReturn();
            ssh.as("root", "reboot");
            await().atMost(Duration.ofSeconds(30)).until(() -> !host.isUp());

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(ssh.impatient().as("root", "true").errors())
                                    .contains("timed out"));
            assertThat(host.rebootCount()).isZero();
        }
    }

    @Test
    void brokenRepositoriesFailARefresh() {
        try (RealHost host = RealHosts.start(HostKind.DNF, "loses-repositories", Scenario.UPDATES)) {
            assertThat(host.execute("dnf", "-q", "--refresh", "check-update").status())
                    .isEqualTo(100);
            host.breakRepositories();
            assertThat(host.execute("dnf", "-q", "--refresh", "check-update").status())
                    .isEqualTo(1);
            host.repairRepositories();
            assertThat(host.execute("dnf", "-q", "--refresh", "check-update").status())
                    .isEqualTo(100);
        }
    }

    @Test
    void storedMetadataCanBeMadeOld() {
        try (RealHost host = RealHosts.start(HostKind.DNF, "grows-old", Scenario.UPDATES)) {
            host.execute("dnf", "-q", "makecache").succeeded();
            host.makeMetadataStale(Duration.ofDays(10));

            String[] stored = {"find", "/var/cache/dnf", "-name", "repomd.xml", "-mtime"};
            assertThat(host.execute(with(stored, "+8")).succeeded().lines()).hasSize(2);
            assertThat(host.execute(with(stored, "-8")).succeeded()).isEmpty();
        }
    }

    private static String[] with(String[] command, String last) {
        return Stream.concat(Stream.of(command), Stream.of(last)).toArray(String[]::new);
    }

    @Test
    void nothingStaysBehindWhenAHostIsClosed() throws IOException {
        RealHost host = RealHosts.start(HostKind.APT, "goes-away");
        String marker = "patchway-" + RealHosts.lab().getFileName() + "-goes-away";
        assertThat(cgroups(marker)).isNotEmpty();
        host.close();

        assertThat(cgroups(marker)).isEmpty();
        assertThat(RealHosts.lab().resolve("goes-away")).doesNotExist();
        assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain("goes-away");
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse("")))
                .noneMatch(command -> command.contains("goes-away"));
    }

    private static List<String> cgroups(String name) throws IOException {
        try (Stream<String> mounts = Files.lines(Path.of("/proc/mounts"))) {
            return mounts.filter(line -> line.split(" ")[2].startsWith("cgroup"))
                    .map(line -> Path.of(line.split(" ")[1], name))
                    .filter(Files::exists)
                    .map(Path::toString)
                    .toList();
        }
    }

    private static void reboot(RealHost host, PlainSsh ssh) throws Exception {
        String before = host.bootId();
        int reboots = host.rebootCount();
        ssh.as("patch", "sudo -n reboot");
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> ssh.trusting(host.hostKeyLine())
                                .as("root", "cat /proc/sys/kernel/random/boot_id")
                                .output()
                                .strip(),
                        now -> !now.isEmpty() && !now.equals(before));
        assertThat(host.rebootCount()).isEqualTo(reboots + 1);
    }

    private static String update(HostKind kind) {
        return switch (kind) {
            case DNF, DNF5 -> "dnf -q -y --refresh upgrade";
            case ZYPPER -> "sh -c 'zypper -n patch --with-interactive; test $? -eq 0 -o $? -eq 102'";
            case APT -> "sh -c 'apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y dist-upgrade'";
        };
    }

    /** Ends with 0 when the host's own detector asks for a reboot. */
    private static String wantsReboot(HostKind kind) {
        return switch (kind) {
            case DNF, DNF5 -> "dnf -q needs-restarting -r | grep 'Reboot is required'";
            case ZYPPER -> "zypper -n needs-rebooting; test $? -eq 102";
            case APT -> "test -e /run/reboot-required";
        };
    }
}
