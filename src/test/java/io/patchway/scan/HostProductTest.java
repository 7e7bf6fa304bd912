package io.patchway.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.server.OperatingSystem;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostProductTest {
    private static HostFacts host(String id, String version) {
        return new HostFacts(
                "host", id, version, id + " " + version, "x86_64", "6.1", "boot", Duration.ofHours(1), "dnf 4");
    }

    @ParameterizedTest
    @CsvSource({
        "rhel, 9.4, REDHAT_ENTERPRISE_LINUX, RedhatEnterpriseLinux9.4",
        "RHEL, 9.4, REDHAT_ENTERPRISE_LINUX, RedhatEnterpriseLinux9.4",
        "fedora, 41, REDHAT_ENTERPRISE_LINUX, RedhatEnterpriseLinux41",
        "centos, 7.4, CENTOS, CentOS7.4",
        "centos, 9, CENTOS, CentOS9",
        "rocky, 9.3, ROCKY_LINUX, RockyLinux9.3",
        "almalinux, 9.2, ALMA_LINUX, AlmaLinux9.2",
        "ol, 8.5, ORACLE_LINUX, OracleLinux8.5",
        "amzn, 2018.03, AMAZON_LINUX, AmazonLinux2018.03",
        "amzn, 2, AMAZON_LINUX_2, AmazonLinux2",
        "amzn, 2022, AMAZON_LINUX_2022, AmazonLinux2022",
        "amzn, 2023, AMAZON_LINUX_2023, AmazonLinux2023",
        "debian, 12, DEBIAN, Debian12",
        "debian, '', DEBIAN, Debian",
        "ubuntu, 24.04, UBUNTU, Ubuntu24.04",
        "raspbian, 12, RASPBIAN, Raspbian12",
        "sles, 15.5, SUSE, Suse15.5",
        "opensuse-leap, 15.5, SUSE, Suse15.5",
        "opensuse-tumbleweed, 20261120, SUSE, Suse20261120"
    })
    void aHostIsCalledAsAwsPatchManagerCallsIt(String id, String version, OperatingSystem system, String product) {
        assertThat(HostProduct.of(host(id, version))).contains(new HostProduct(system, product));
    }

    @ParameterizedTest
    @CsvSource({"linuxmint, 22", "alpine, 3.20", "'', ''", "opensusex, 1"})
    void anUnknownSystemIsNotGuessedAt(String id, String version) {
        assertThat(HostProduct.of(host(id, version))).isEmpty();
    }
}
