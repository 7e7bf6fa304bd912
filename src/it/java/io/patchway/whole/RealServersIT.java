package io.patchway.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.patchway.faults.Survives;
import io.patchway.hosts.HostKind;
import io.patchway.hosts.NeedsRealHosts;
import io.patchway.hosts.RealHost;
import io.patchway.hosts.RealHosts;
import io.patchway.hosts.Scenario;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whole Patchway, real hosts: dropped requests, real package managers, real reboots, a real SMTP server. */
@NeedsRealHosts
@Execution(ExecutionMode.CONCURRENT)
class RealServersIT {
    private static final Duration LONG = Duration.ofMinutes(8);

    @TempDir
    private Path folder;

    @Test
    @Survives(7)
    void threeHostsOfThreeKindsEndVerifiedWithTwoMailsAlthoughTheMailServerIsDownAtFirst() throws Exception {
        int smtpPort = FreePort.find();
        try (RealHost dnf = RealHosts.start(HostKind.DNF, "whole-dnf", Scenario.THREE_ROUNDS);
                RealHost apt = RealHosts.start(HostKind.APT, "whole-apt", Scenario.UPDATES);
                RealHost zypper = RealHosts.start(HostKind.ZYPPER, "whole-zypper", Scenario.UPDATES);
                PatchwayProcess patchway = patchway(
                        List.of(dnf, apt, zypper),
                        Map.of(
                                "PATCHWAY_MAIL_SMTP_HOST",
                                "127.0.0.1",
                                "PATCHWAY_MAIL_SMTP_PORT",
                                String.valueOf(smtpPort),
                                "PATCHWAY_MAIL_SMTP_STARTTLS",
                                "off"))) {
            patchway.start();
            patchway.drop("nightly.json", """
                {"operation": "install", "servers": ["whole-dnf", "whole-apt", "whole-zypper", "nobody"],
                 "notify": ["ops@example.com"]}
                """);

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Files.exists(patchway.file("var/inbox/done/nightly.json.receipt.json")));
            assertThat(Files.readString(patchway.file("var/inbox/done/nightly.json.receipt.json")))
                    .contains("whole-dnf", "nobody");
            await().atMost(Duration.ofMinutes(1)).until(() -> patchway.output().contains("could not be sent"));

            ServerSetup setup = new ServerSetup(smtpPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
            setup.setServerStartupTimeout(60_000);
            GreenMail smtp = new GreenMail(setup);
            smtp.start();
            try {
                await().atMost(LONG).until(() -> smtp.getReceivedMessages().length >= 2);
                assertThat(patchway.output())
                        .containsPattern("whole-dnf +SUCCEEDED ")
                        .containsPattern("whole-apt +SUCCEEDED ")
                        .containsPattern("whole-zypper +SUCCEEDED ")
                        .containsPattern("whole-dnf +INSTALLING +round 3");
                assertThat(dnf.rebootCount()).isEqualTo(2);
                assertTwoMails(smtp.getReceivedMessages());
            } finally {
                smtp.stop();
            }
        }
    }

    @Test
    @Survives({2, 20})
    void aHostKeyThatChangesAcrossARebootStopsTheRunAndAHostThatDoesNotReturnFailsAtItsDeadline() throws Exception {
        try (RealHost changed = RealHosts.start(HostKind.DNF, "whole-changed", Scenario.UPDATES);
                RealHost lost = RealHosts.start(HostKind.ZYPPER, "whole-lost", Scenario.UPDATES);
                PatchwayProcess patchway =
                        patchway(List.of(changed, lost), Map.of("PATCHWAY_RUN_RETURN_DEADLINE", "90s"))) {
            changed.changeHostKeyOnNextBoot();
            lost.neverReturn();
            patchway.start();
            patchway.drop("two.json", "{\"operation\": \"install\", \"servers\": [\"whole-changed\", \"whole-lost\"]}");

            await().atMost(LONG).until(() -> patchway.list("var/outbox").size() == 2);

            assertThat(patchway.output())
                    .containsPattern("whole-changed +FAILED +HOST_KEY_CHANGED")
                    .containsPattern("whole-lost +FAILED +no return");
        }
    }

    @Test
    @Survives(40)
    void aFailingScriptletSinksNeitherTheOtherPatchesNorTheTruth() throws Exception {
        try (RealHost host = RealHosts.start(HostKind.DNF, "whole-failing", Scenario.UPDATES, Scenario.FAILING_PRE);
                PatchwayProcess patchway = patchway(List.of(host), Map.of())) {
            patchway.start();
            patchway.drop("failing.json", "{\"operation\": \"install\", \"servers\": [\"whole-failing\"]}");

            await().atMost(LONG).until(() -> patchway.list("var/outbox").size() == 2);

            assertThat(patchway.output()).containsPattern("whole-failing +PARTIAL");
            assertThat(host.installedVersion("httpd"))
                    .hasValueSatisfying(version -> assertThat(version).contains("2.4.62-7"));
        }
    }

    @Test
    void yumUpdateLeavesKernelAndNssAloneAndSaysSo() throws Exception {
        try (RealHost host = RealHosts.start(HostKind.DNF, "whole-yum", Scenario.UPDATES);
                PatchwayProcess patchway = patchway(List.of(host), Map.of())) {
            patchway.start();
            var kernel = host.installedVersion("kernel");
            var nss = host.installedVersion("nss");
            patchway.drop("clc.json", """
                {"servers": ["WHOLE-YUM"],
                 "package": {"packageId": "c3c6642e-24e1-4c37-b56a-1cf1476ee360",
                             "parameters": {"patch.debug.mode": "false"}}}
                """);

            await().atMost(LONG).until(() -> patchway.list("var/outbox").size() == 2);

            assertThat(patchway.output()).containsPattern("whole-yum +SUCCEEDED");
            assertThat(host.installedVersion("kernel")).isEqualTo(kernel);
            assertThat(host.installedVersion("nss")).isEqualTo(nss);
            assertThat(host.installedVersion("acme-agent")).hasValue("1.1-1");
            assertThat(plainText(patchway.list("var/outbox").get(1)))
                    .containsPattern("(?s)kernel.*nss")
                    .contains("Yum Update");
        }
    }

    @Test
    @Survives(10)
    void killedDuringDnfAndDuringTheRebootItInstallsAndRebootsNothingTwice() throws Exception {
        try (RealHost dnf = RealHosts.start(HostKind.DNF, "whole-killed", Scenario.THREE_ROUNDS);
                RealHost apt = RealHosts.start(HostKind.APT, "whole-killed-apt", Scenario.UPDATES);
                PatchwayProcess patchway = patchway(List.of(dnf, apt), Map.of())) {
            int transactionsBefore = transactions(dnf);
            patchway.start();
            patchway.drop(
                    "killed.json",
                    "{\"operation\": \"install\", \"servers\": [\"whole-killed\", \"whole-killed-apt\"]}");

            killOnce(patchway, () -> isInstalling(dnf));
            killOnce(patchway, () -> !dnf.isUp());
            killOnce(patchway, () -> isInstalling(dnf));
            await().atMost(LONG).until(() -> patchway.list("var/outbox").size() == 2);

            assertThat(patchway.output())
                    .containsPattern("whole-killed +SUCCEEDED")
                    .containsPattern("whole-killed-apt +SUCCEEDED");
            assertThat(installs(dnf)).isEqualTo(3);
            assertThat(transactions(dnf) - transactionsBefore).isEqualTo(3);
            assertThat(dnf.rebootCount()).isEqualTo(2);
            assertThat(installs(apt)).isEqualTo(1);
            assertThat(apt.rebootCount()).isEqualTo(1);
        }
    }

    /**
     * Three hosts in trouble at once: dpkg dies between unpacking and configuring, the disk fills up, a lock is held.
     */
    @Test
    @Survives({1, 5, 6})
    void hostsThatBreakDuringTheInstallAreMendedOrToldAndNeverRebootedHalfDone() throws Exception {
        try (RealHost dying = RealHosts.start(HostKind.APT, "whole-dying", Scenario.UPDATES);
                RealHost full = RealHosts.start(HostKind.APT, "whole-full", Scenario.UPDATES);
                RealHost locked = RealHosts.start(HostKind.APT, "whole-locked", Scenario.UPDATES);
                PatchwayProcess patchway = patchway(
                        List.of(dying, full, locked),
                        Map.of("PATCHWAY_RUN_START_DEADLINE", "8s", "PATCHWAY_RUN_SCAN_DEADLINE", "20s"))) {
            beforeEachDpkg(dying, "[ \"$DPKG_HOOK_ACTION\" != configure ] || sleep 300");
            beforeEachDpkg(full, "cat /dev/zero > /var/filler; true");
            String holder = holdLock(locked);
            patchway.start();
            patchway.drop("trouble.json", """
                {"operation": "install", "servers": ["whole-dying", "whole-full", "whole-locked"]}
                """);

            await().atMost(LONG)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> dying.execute("pgrep", "-f", "sleep 300").status() == 0);
            dying.execute("rm", "/etc/dpkg/dpkg.cfg.d/trouble").succeeded();
            dying.execute("systemctl", "kill", "--signal=KILL", "patchway-*-1.service");
            await().atMost(LONG).until(() -> patchway.list("var/outbox").size() == 2);

            assertThat(patchway.output())
                    .containsPattern("whole-dying +VERIFYING +the install was interrupted on the server")
                    .containsPattern("whole-dying +INSTALLING +round 2")
                    .containsPattern("whole-dying +SUCCEEDED ")
                    .containsPattern("whole-full +FAILED +no space")
                    .containsPattern("whole-locked +DEFERRED .*locked by " + holder + " \\(perl\\)");
            assertThat(dying.execute("dpkg", "--audit").output()).isEmpty();
            assertThat(dying.rebootCount()).isEqualTo(1);
            assertThat(full.rebootCount()).isZero();
            assertThat(locked.execute("test", "-e", "/var/lib/dpkg/lock-frontend")
                            .status())
                    .isZero();
            assertThat(locked.execute("test", "-d", "/proc/" + holder).status()).isZero();
        }
    }

    /** Has dpkg run a line of shell before whatever it does. */
    private static void beforeEachDpkg(RealHost host, String line) {
        String hook = "printf '#!/bin/sh\\n%s\\n' \"$1\" > /root/trouble && chmod 755 /root/trouble"
                + " && echo pre-invoke=/root/trouble > /etc/dpkg/dpkg.cfg.d/trouble";
        host.execute("sh", "-c", hook, "sh", line).succeeded();
    }

    /** Locks dpkg as apt does; returns the process that holds the lock. */
    private static String holdLock(RealHost host) {
        host.execute(
                        "systemd-run",
                        "--quiet",
                        "--unit=holder",
                        "perl",
                        "-e",
                        "use Fcntl; open(F, '>>', '/var/lib/dpkg/lock-frontend');"
                                + " $lock = pack('s s x4 q q l', F_WRLCK, 0, 0, 0, 0);"
                                + " fcntl(F, F_SETLK, $lock) or die; sleep 300")
                .succeeded();
        return host.execute("systemctl", "show", "--property=MainPID", "--value", "holder")
                .succeeded()
                .strip();
    }

    private static void killOnce(PatchwayProcess patchway, Callable<Boolean> moment) throws Exception {
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(50))
                .ignoreException(IllegalStateException.class)
                .until(moment);
        patchway.kill();
        patchway.start();
    }

    /** Whether an install has begun on the host and not ended yet. */
    private static boolean isInstalling(RealHost host) {
        return host.isUp()
                && host.execute(
                                        "sh",
                                        "-c",
                                        "for run in /var/lib/patchway/runs/*; do [ -e $run/started ] && [ ! -e"
                                                + " $run/exit ] && exit 0; done; exit 1")
                                .status()
                        == 0;
    }

    private static int installs(RealHost host) {
        return count(host, "ls -d /var/lib/patchway/runs/*");
    }

    /** Transactions by dnf's own history. */
    private static int transactions(RealHost host) {
        return count(host, "dnf -q history list | grep '^ *[0-9]'");
    }

    private static int count(RealHost host, String command) {
        return Integer.parseInt(
                host.execute("sh", "-c", command + " | wc -l").succeeded().strip());
    }

    private static String plainText(Path mail) throws Exception {
        try (InputStream file = Files.newInputStream(mail)) {
            MimeMultipart parts = (MimeMultipart) new MimeMessage(null, file).getContent();
            return (String) parts.getBodyPart(0).getContent();
        }
    }

    private static void assertTwoMails(MimeMessage[] mails) throws Exception {
        assertThat(mails).hasSize(2);
        assertThat(mails[0].getSubject()).containsIgnoringCase("requested");
        assertThat(mails[1].getSubject()).containsIgnoringCase("succeeded");
        assertThat(mails[1].getHeader("In-Reply-To")[0]).isEqualTo(mails[0].getMessageID());
    }

    private PatchwayProcess patchway(List<RealHost> hosts, Map<String, String> settings) throws Exception {
        Map<String, String> all = Stream.concat(
                        settings.entrySet().stream(), Map.of("PATCHWAY_REHEARSAL", "false").entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        PatchwayProcess patchway = new PatchwayProcess(folder, all);
        Files.writeString(
                patchway.file("config/known_hosts"),
                hosts.stream().map(RealHost::hostKeyLine).collect(Collectors.joining("\n", "", "\n")));
        Files.writeString(
                patchway.file("config/servers.yaml"),
                "servers:\n" + hosts.stream().map(RealServersIT::entry).collect(Collectors.joining()));
        for (HostKind kind : HostKind.values()) {
            Files.writeString(patchway.file("config/baselines/all-" + kind + ".json"), everything(kind));
        }
        return patchway;
    }

    private static String entry(RealHost host) {
        return """
              - id: %s
                baseline: all-%s
                connection: {type: ssh, host: %s, port: %d, user: patch, privateKey: %s, knownHosts: config/known_hosts}
            """.formatted(host.name(), host.kind(), host.address(), host.port(), host.privateKey());
    }

    private static String everything(HostKind kind) {
        String operatingSystem = switch (kind) {
            case DNF, DNF5 -> "ROCKY_LINUX";
            case APT -> "DEBIAN";
            case ZYPPER -> "SUSE";
        };
        return """
            {"Name": "all-%s", "OperatingSystem": "%s", "ApprovalRules": {"PatchRules": [
              {"PatchFilterGroup": {"PatchFilters": []}, "ApproveAfterDays": 0, "EnableNonSecurity": true}]}}
            """.formatted(kind, operatingSystem);
    }
}
