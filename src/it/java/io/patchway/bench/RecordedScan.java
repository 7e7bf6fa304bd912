package io.patchway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A scan's answer of the size that a server of middling age has. */
final class RecordedScan {
    static final int INSTALLED = 600;
    static final int AVAILABLE = 80;

    private RecordedScan() {}

    static Path write(Path file) throws IOException {
        StringBuilder text = new StringBuilder("patchway-scan\t1\nfamily\tdnf\n");
        String[] facts = {
            "hostname\tweb01",
            "os-id\trocky",
            "os-version\t9.4",
            "os-name\tRocky Linux 9.4",
            "arch\tx86_64",
            "kernel\t5.14.0-427.el9.x86_64",
            "boot-id\t3f2b8b0e-3c1f-4d52-9f0a-1f2f3a4b5c6d",
            "uptime\t86400",
            "package-manager\tdnf 4.14.0"
        };
        for (String fact : facts) {
            text.append("fact\t").append(fact).append('\n');
        }
        for (int number = 0; number < INSTALLED; number++) {
            text.append("installed\tpackage-%d\t0:1.%d.0-1.el9\tx86_64\t1700000000\n".formatted(number, number));
        }
        for (int number = 0; number < AVAILABLE; number++) {
            text.append("available\tpackage-%d\t0:1.%d.0-2.el9\tx86_64\tbaseos\t0\t\t\t\t1710000000\n"
                    .formatted(number, number));
        }
        for (int number = 0; number < AVAILABLE; number++) {
            text.append("advisory\tSIMSA-2024:%d\tsecurity\tImportant\t1710000000\t1710000000\t0\tpackage-%d update\n"
                    .formatted(number, number));
            text.append("cve\tCVE-2024-%d\npackage\tpackage-%d\t0:1.%d.0-2.el9\tx86_64\n"
                    .formatted(10000 + number, number, number));
        }
        text.append("vote\tneeds-restarting\t1\tnot-needed\tnothing since the boot\n");
        text.append("metadata-age\t3600\nend\n");
        return Files.writeString(file, text);
    }
}
