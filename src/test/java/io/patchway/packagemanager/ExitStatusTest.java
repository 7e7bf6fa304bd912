package io.patchway.packagemanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.faults.Survives;
import io.patchway.run.InstallProgress.Meaning;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitStatusTest {
    @ParameterizedTest
    @CsvSource({
        "dnf,    0,   Complete!,                                                           DONE",
        "dnf,    1,   Error: Transaction failed,                                           FAILED",
        "dnf,    200, '',                                                                  LOCKED",
        "dnf,    1,   Failed to obtain rpm transaction lock. Another transaction is in progress.,  LOCKED",
        "dnf,    1,   At least 12MB more space needed on the / filesystem.,                NO_SPACE",
        "apt,    0,   '',                                                                  DONE",
        "apt,    100, E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 47 (apt), LOCKED",
        "apt,    100, dpkg: error: failed to write: No space left on device,               NO_SPACE",
        "apt,    100, E: Sub-process /usr/bin/dpkg returned an error code (1),             FAILED",
        "zypper, 0,   '',                                                                  DONE",
        "zypper, 4,   Problem: nothing provides it,                                        FAILED",
        "zypper, 7,   System management is locked by the application with pid 9,          LOCKED",
        "zypper, 8,   Installation of x failed: No space left on device,                   NO_SPACE",
        "zypper, 102, '',                                                                  DONE",
        "zypper, 103, Run this command once more,                                          RUN_AGAIN",
        "zypper, 104, '',                                                                  FAILED",
        "zypper, 107, a scriptlet failed,                                                  DONE",
    })
    @Survives(41)
    void tellsWhatAnExitStatusMeans(String manager, int status, String log, Meaning meaning) {
        assertThat(new ExitStatus(manager, status).meaning(log)).isEqualTo(meaning);
    }
}
