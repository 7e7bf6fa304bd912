package io.patchway.api.clc.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.scan.HostFacts;
import io.patchway.server.OperatingSystem;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OsNameTest {
    @ParameterizedTest
    @CsvSource({
        "rhel, 9.4, x86_64, Red Hat Enterprise Linux 9 64-bit, redHat9_64Bit",
        "centos, 7, x86_64, CentOS 7 64-bit, centOS7_64Bit",
        "rocky, 9.3, aarch64, Rocky Linux 9 64-bit, rockyLinux9_64Bit",
        "debian, 12, x86_64, Debian 12 64-bit, debian12_64Bit",
        "ubuntu, 22.04, x86_64, Ubuntu 22 64-bit, ubuntu22_64Bit",
        "sles, 15.5, x86_64, SUSE Linux Enterprise Server 15 64-bit, suse15_64Bit",
        "debian, 12, i686, Debian 12 32-bit, debian12_32Bit",
        "linuxmint, 21, x86_64, Some Linux 64-bit, ''",
        "debian, '', x86_64, Some Linux 64-bit, ''",
    })
    void aScannedHostIsCalledAsTheServiceCallsIt(String id, String version, String arch, String type, String code) {
        HostFacts host =
                new HostFacts("host", id, version, "Some Linux", arch, "6.1", "boot", Duration.ofHours(1), "dnf 4");

        assertThat(OsName.of(host)).isEqualTo(new OsName(type, code));
    }

    @ParameterizedTest
    @EnumSource(OperatingSystem.class)
    void whateverTheOperatorSaysHasAName(OperatingSystem said) {
        assertThat(OsName.of(said).type()).isNotEmpty();
    }

    @Test
    void whatNobodySaysHasNone() {
        assertThat(OsName.UNKNOWN).isEqualTo(new OsName("", ""));
    }
}
