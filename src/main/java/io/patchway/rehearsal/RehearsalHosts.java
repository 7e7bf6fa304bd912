package io.patchway.rehearsal;

import io.patchway.patch.Advisory;
import io.patchway.patch.Classification;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Severity;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The machines of the rehearsal. The CVEs are real and belong to these packages; the advisories are made up and their
 * ids say so ({@code SIMSA} for security, {@code SIMBA} for bug fixes, {@code SIMEA} for enhancements).
 */
final class RehearsalHosts {
    /** How much longer the slow host stays dark than the others. */
    private static final int SLOWER = 4;

    private RehearsalHosts() {}

    static List<SimulatedHost> all(SimulatedHost.Pace pace, Clock clock) {
        SimulatedHost.Pace slow = new SimulatedHost.Pace(
                pace.install(), pace.shutdown(), pace.dark().multipliedBy(SLOWER));
        return List.of(
                plain("rehearsal-plain", pace, clock),
                ofThreeRounds("rehearsal-three-rounds", pace, clock),
                new SimulatedHost("rehearsal-failing", List.of(failing()), pace, clock),
                new SimulatedHost("rehearsal-slow-return", List.of(slowReturn()), slow, clock));
    }

    /** A host that needs one install and no reboot: three security updates, two bug fixes, one enhancement. */
    static SimulatedHost plain(String name, SimulatedHost.Pace pace, Clock clock) {
        return new SimulatedHost(name, List.of(plain()), pace, clock);
    }

    /** A host that needs three installs and, between them, two reboots. */
    static SimulatedHost ofThreeRounds(String name, SimulatedHost.Pace pace, Clock clock) {
        return new SimulatedHost(name, threeRounds(), pace, clock);
    }

    private static List<OfferedUpdate> plain() {
        return List.of(
                security("curl", "7.76.1-26.el9", "7.76.1-26.el9_3.2", "2023:1011", "2023-10-11", "CVE-2023-38545"),
                security("libwebp", "1.2.0-7.el9_2", "1.2.0-8.el9_3", "2023:0918", "2023-09-18", "CVE-2023-4863"),
                security("sudo", "1.9.5p2-10.el9_3", "1.9.5p2-10.el9_6.1", "2025:0702", "2025-07-02", "CVE-2025-32462"),
                other("tzdata", "2024a-1.el9", "2025b-1.el9", "SIMBA-2025:0325", "2025-03-25", Classification.BUGFIX),
                other(
                        "nss",
                        "3.90.0-6.el9_3",
                        "3.101.0-7.el9_4",
                        "SIMBA-2024:0903",
                        "2024-09-03",
                        Classification.BUGFIX),
                other(
                        "vim-minimal",
                        "2:8.2.2637-20.el9_1",
                        "2:8.2.2637-21.el9",
                        "SIMEA-2024:1112",
                        "2024-11-12",
                        Classification.ENHANCEMENT));
    }

    private static List<List<OfferedUpdate>> threeRounds() {
        return List.of(
                List.of(
                        rebooting(
                                "glibc",
                                "2.34-83.el9.12",
                                "2.34-100.el9_4.2",
                                "2024:0523",
                                "2024-05-23",
                                "CVE-2024-2961"),
                        security(
                                "openssh-server",
                                "8.7p1-38.el9",
                                "8.7p1-38.el9_4.1",
                                "2024:0703",
                                "2024-07-03",
                                "CVE-2024-6387")),
                List.of(
                        rebooting(
                                "systemd",
                                "252-32.el9_4",
                                "252-32.el9_4.7",
                                "2024:0924",
                                "2024-09-24",
                                "CVE-2023-7008"),
                        security(
                                "bind-libs",
                                "32:9.16.23-15.el9",
                                "32:9.16.23-18.el9_4.1",
                                "2024:0430",
                                "2024-04-30",
                                "CVE-2023-50387")),
                List.of(security(
                        "rsync", "3.2.3-19.el9", "3.2.3-20.el9_5.1", "2025:0115", "2025-01-15", "CVE-2024-12085")));
    }

    private static List<OfferedUpdate> failing() {
        OfferedUpdate httpd =
                security("httpd", "2.4.57-8.el9", "2.4.57-11.el9_4.1", "2024:0723", "2024-07-23", "CVE-2024-38476");
        return List.of(
                security("curl", "7.76.1-26.el9", "7.76.1-26.el9_3.2", "2023:1011", "2023-10-11", "CVE-2023-38545"),
                new OfferedUpdate(httpd.key(), httpd.installed(), httpd.version(), httpd.advisory(), true),
                other("tzdata", "2024a-1.el9", "2025b-1.el9", "SIMBA-2025:0325", "2025-03-25", Classification.BUGFIX));
    }

    private static List<OfferedUpdate> slowReturn() {
        return List.of(
                rebooting("glibc", "2.34-60.el9", "2.34-60.el9_2.7", "2023:1005", "2023-10-05", "CVE-2023-4911"),
                security(
                        "sudo", "1.9.5p2-10.el9_3", "1.9.5p2-10.el9_6.1", "2025:0702", "2025-07-02", "CVE-2025-32462"));
    }

    private static OfferedUpdate security(
            String name, String installed, String version, String number, String issued, String cve) {
        return secured(name, installed, version, number, issued, cve, false);
    }

    /** Takes effect only after a reboot. */
    private static OfferedUpdate rebooting(
            String name, String installed, String version, String number, String issued, String cve) {
        return secured(name, installed, version, number, issued, cve, true);
    }

    private static OfferedUpdate secured(
            String name, String installed, String version, String number, String issued, String cve, boolean reboot) {
        String title = name + " security update (simulated)";
        return update(
                name,
                installed,
                version,
                advisory(
                        "SIMSA-" + number,
                        title,
                        Classification.SECURITY,
                        Severity.IMPORTANT,
                        issued,
                        List.of(cve),
                        reboot));
    }

    private static OfferedUpdate other(
            String name, String installed, String version, String id, String issued, Classification classification) {
        String title = name + " update (simulated)";
        return update(
                name, installed, version, advisory(id, title, classification, Severity.NONE, issued, List.of(), false));
    }

    private static Advisory advisory(
            String id,
            String title,
            Classification classification,
            Severity severity,
            String issued,
            List<String> cves,
            boolean reboot) {
        Optional<Instant> date = Optional.of(Instant.parse(issued + "T00:00:00Z"));
        return new Advisory(id, title, classification, severity, date, date, cves, List.of(), reboot);
    }

    private static OfferedUpdate update(String name, String installed, String version, Advisory advisory) {
        return new OfferedUpdate(
                new PackageKey(name, "x86_64"),
                PackageVersion.rpm(installed),
                PackageVersion.rpm(version),
                advisory,
                false);
    }
}
