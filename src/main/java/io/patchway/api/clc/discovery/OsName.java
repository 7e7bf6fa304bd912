package io.patchway.api.clc.discovery;

import io.patchway.scan.HostFacts;
import io.patchway.server.OperatingSystem;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What CenturyLink Cloud calls an operating system.
 *
 * @param type for people, such as {@code Red Hat Enterprise Linux 9 64-bit}; empty when nobody knows
 * @param code for programs, such as {@code redHat9_64Bit}; empty when nobody knows
 */
record OsName(String type, String code) {
    static final OsName UNKNOWN = new OsName("", "");

    private static final Set<String> OF_32_BITS = Set.of("i386", "i486", "i586", "i686", "armv6l", "armv7l");

    /** By {@code ID} of os-release. */
    private static final Map<String, OsName> FAMILIES = Map.ofEntries(
            Map.entry("rhel", new OsName("Red Hat Enterprise Linux", "redHat")),
            Map.entry("centos", new OsName("CentOS", "centOS")),
            Map.entry("rocky", new OsName("Rocky Linux", "rockyLinux")),
            Map.entry("almalinux", new OsName("AlmaLinux", "almaLinux")),
            Map.entry("ol", new OsName("Oracle Linux", "oracleLinux")),
            Map.entry("amzn", new OsName("Amazon Linux", "amazonLinux")),
            Map.entry("fedora", new OsName("Fedora", "fedora")),
            Map.entry("debian", new OsName("Debian", "debian")),
            Map.entry("raspbian", new OsName("Raspbian", "raspbian")),
            Map.entry("ubuntu", new OsName("Ubuntu", "ubuntu")),
            Map.entry("sles", new OsName("SUSE Linux Enterprise Server", "suse")),
            Map.entry("opensuse-leap", new OsName("openSUSE Leap", "openSuse")));

    private static final Map<OperatingSystem, OsName> SAID = Map.ofEntries(
            Map.entry(OperatingSystem.WINDOWS, new OsName("Windows", "")),
            Map.entry(OperatingSystem.MACOS, new OsName("macOS", "")),
            Map.entry(OperatingSystem.AMAZON_LINUX_2, new OsName("Amazon Linux 2", "")),
            Map.entry(OperatingSystem.AMAZON_LINUX_2022, new OsName("Amazon Linux 2022", "")),
            Map.entry(OperatingSystem.AMAZON_LINUX_2023, new OsName("Amazon Linux 2023", "")),
            Map.entry(OperatingSystem.AMAZON_LINUX, new OsName("Amazon Linux", "")),
            Map.entry(OperatingSystem.REDHAT_ENTERPRISE_LINUX, new OsName("Red Hat Enterprise Linux", "")),
            Map.entry(OperatingSystem.CENTOS, new OsName("CentOS", "")),
            Map.entry(OperatingSystem.ROCKY_LINUX, new OsName("Rocky Linux", "")),
            Map.entry(OperatingSystem.ALMA_LINUX, new OsName("AlmaLinux", "")),
            Map.entry(OperatingSystem.ORACLE_LINUX, new OsName("Oracle Linux", "")),
            Map.entry(OperatingSystem.DEBIAN, new OsName("Debian", "")),
            Map.entry(OperatingSystem.RASPBIAN, new OsName("Raspbian", "")),
            Map.entry(OperatingSystem.UBUNTU, new OsName("Ubuntu", "")),
            Map.entry(OperatingSystem.SUSE, new OsName("SUSE Linux Enterprise Server", "")));

    /** What a scan found; the version is the major one, as the service has it. */
    static OsName of(HostFacts host) {
        String bits = OF_32_BITS.contains(host.arch()) ? "32" : "64";
        OsName family = FAMILIES.get(host.osId().toLowerCase(Locale.ROOT));
        String version = host.osVersion().replaceFirst("\\..*", "");
        if (family == null || version.isEmpty()) {
            return new OsName((host.osName() + " " + bits + "-bit").strip(), "");
        }
        return new OsName(
                family.type() + " " + version + " " + bits + "-bit", family.code() + version + "_" + bits + "Bit");
    }

    /** What the operator says, who tells neither version nor width, so that there is no code for it. */
    static OsName of(OperatingSystem said) {
        return SAID.getOrDefault(said, UNKNOWN);
    }
}
