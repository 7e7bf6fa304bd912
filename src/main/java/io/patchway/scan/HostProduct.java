package io.patchway.scan;

import io.patchway.server.OperatingSystem;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What AWS Patch Manager calls a host: which baselines are for it, and which PRODUCT filters mean it.
 *
 * @param operatingSystem the operating system of its baselines
 * @param product such as {@code RedhatEnterpriseLinux9.4}, {@code Debian12}, {@code Suse15.5}
 */
public record HostProduct(OperatingSystem operatingSystem, String product) {

    private static final Pattern WINDOWS_SERVER = Pattern.compile("Windows Server\\D{0,3}(20[0-9]{2})( R2)?");
    private static final Map<String, String> WINDOWS_BUILDS = Map.of(
            "9200", "2012",
            "9600", "2012R2",
            "14393", "2016",
            "17763", "2019",
            "20348", "2022",
            "26100", "2025");

    /**
     * The product of a host, from {@code ID} and {@code VERSION_ID} of its os-release; empty for an operating system
     * that no baseline can be written for.
     *
     * <p>openSUSE (Leap, Tumbleweed, MicroOS) counts as SUSE, Fedora as Red Hat Enterprise Linux and CentOS Stream as
     * CentOS: tools and advisories are the same, and the version tells them apart ({@code RedhatEnterpriseLinux41}). A
     * derivative with an id of its own, such as Linux Mint, is not guessed at: its security archive may be another one.
     *
     * <p>Windows servers are known by their caption ({@code WindowsServer2012R2}); Windows for desktops is none.
     */
    public static Optional<HostProduct> of(HostFacts host) {
        String version = host.osVersion();
        return switch (host.osId().toLowerCase(Locale.ROOT)) {
            case "rhel", "fedora" -> found(OperatingSystem.REDHAT_ENTERPRISE_LINUX, "RedhatEnterpriseLinux" + version);
            case "centos" -> found(OperatingSystem.CENTOS, "CentOS" + version);
            case "rocky" -> found(OperatingSystem.ROCKY_LINUX, "RockyLinux" + version);
            case "almalinux" -> found(OperatingSystem.ALMA_LINUX, "AlmaLinux" + version);
            case "ol" -> found(OperatingSystem.ORACLE_LINUX, "OracleLinux" + version);
            case "amzn" -> amazon(version);
            case "debian" -> found(OperatingSystem.DEBIAN, "Debian" + version);
            case "ubuntu" -> found(OperatingSystem.UBUNTU, "Ubuntu" + version);
            case "raspbian" -> found(OperatingSystem.RASPBIAN, "Raspbian" + version);
            case "sles", "sled", "sles_sap", "sle_hpc", "sle-micro", "sl-micro" ->
                found(OperatingSystem.SUSE, "Suse" + version);
            case "windows-server" -> windows(host);
            case String id
            when id.equals("opensuse") || id.startsWith("opensuse-") -> found(OperatingSystem.SUSE, "Suse" + version);
            default -> Optional.empty();
        };
    }

    /** The caption names it in most languages; where it does not, the build does. */
    private static Optional<HostProduct> windows(HostFacts host) {
        Matcher caption = WINDOWS_SERVER.matcher(host.osName());
        if (caption.find()) {
            return found(
                    OperatingSystem.WINDOWS,
                    "WindowsServer" + caption.group(1) + (caption.group(2) == null ? "" : "R2"));
        }
        String build = host.osVersion().substring(host.osVersion().lastIndexOf('.') + 1);
        return found(OperatingSystem.WINDOWS, "WindowsServer" + WINDOWS_BUILDS.getOrDefault(build, build));
    }

    private static Optional<HostProduct> amazon(String version) {
        OperatingSystem operatingSystem = switch (version) {
            case "2" -> OperatingSystem.AMAZON_LINUX_2;
            case "2022" -> OperatingSystem.AMAZON_LINUX_2022;
            case String year when year.matches("201[0-9]\\.[0-9]{2}") -> OperatingSystem.AMAZON_LINUX;
            default -> OperatingSystem.AMAZON_LINUX_2023;
        };
        return found(operatingSystem, "AmazonLinux" + version);
    }

    private static Optional<HostProduct> found(OperatingSystem operatingSystem, String product) {
        return Optional.of(new HostProduct(operatingSystem, product));
    }
}
