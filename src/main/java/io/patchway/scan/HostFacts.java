package io.patchway.scan;

import java.time.Duration;

/**
 * What a scan learnt about the host itself.
 *
 * @param osId {@code ID} of os-release, such as {@code rhel}, {@code debian}; {@code windows-server} or {@code windows}
 * @param osVersion {@code VERSION_ID} of os-release; empty when the file has none; on Windows such as {@code 6.3.9600}
 * @param osName {@code PRETTY_NAME} of os-release; on Windows its caption
 * @param arch machine architecture, {@code uname -m}
 * @param kernel running kernel, {@code uname -r}
 * @param bootId an id of the running boot, new at every boot
 * @param uptime time since the boot
 * @param packageManager tool and version that was asked, such as {@code dnf 4.14.0}
 */
public record HostFacts(
        String hostname,
        String osId,
        String osVersion,
        String osName,
        String arch,
        String kernel,
        String bootId,
        Duration uptime,
        String packageManager) {}
