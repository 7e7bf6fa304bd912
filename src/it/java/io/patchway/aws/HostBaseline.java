package io.patchway.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.hosts.HostKind;
import io.patchway.hosts.RealHost;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ssm.model.OperatingSystem;
import software.amazon.awssdk.services.ssm.model.PatchFilter;
import software.amazon.awssdk.services.ssm.model.PatchFilterKey;
import software.amazon.awssdk.services.ssm.model.PatchRule;
import software.amazon.awssdk.services.ssm.model.PatchRuleGroup;

/**
 * A real host and what its baseline says: first that openssl alone is approved, then all that is urgent but the kernel.
 *
 * @param wide what the baseline approves in the end
 * @param installed the versions that then must be installed; whatever is not approved keeps its old one
 */
record HostBaseline(
        RealHost host, OperatingSystem system, PatchRuleGroup wide, String kernel, Map<String, String> installed) {

    static HostBaseline of(RealHost host) {
        return host.kind() == HostKind.APT ? apt(host) : rpm(host);
    }

    /** The newest httpd is only in an advisory of moderate severity, an older one in one that is important. */
    private static HostBaseline rpm(RealHost host) {
        return new HostBaseline(
                host,
                host.kind() == HostKind.ZYPPER ? OperatingSystem.SUSE : OperatingSystem.ROCKY_LINUX,
                approving(
                        filter(PatchFilterKey.CLASSIFICATION, "Security"),
                        filter(PatchFilterKey.SEVERITY, "Critical", "Important")),
                "kernel",
                Map.of(
                        "openssl", "1:3.2.2-7.el9",
                        "httpd", "2.4.62-4.el9",
                        "kernel", "5.14.0-503.11.1.el9",
                        "nss", "3.101.0-8.el9",
                        "acme-agent", "1.0-1"));
    }

    private static HostBaseline apt(RealHost host) {
        return new HostBaseline(
                host,
                OperatingSystem.DEBIAN,
                approving(filter(PatchFilterKey.PRIORITY, "Optional")),
                "linux-image-amd64",
                Map.of(
                        "openssl", "3.0.15-1~deb12u2",
                        "nginx", "1.22.1-9+deb12u2",
                        "curl", "7.88.1-10+deb12u8",
                        "linux-image-amd64", "6.1.94-1",
                        "acme-agent", "1.0-1"));
    }

    /** Asks the host's own package manager. */
    void assertInstalled() {
        installed.forEach((name, version) -> assertThat(host.installedVersion(name))
                .as("%s on %s", name, host.name())
                .hasValue(version));
    }

    private static PatchRuleGroup approving(PatchFilter... filters) {
        PatchRule rule = PatchRule.builder()
                .approveAfterDays(0)
                .patchFilterGroup(group -> group.patchFilters(filters))
                .build();
        return PatchRuleGroup.builder().patchRules(rule).build();
    }

    private static PatchFilter filter(PatchFilterKey key, String... values) {
        return PatchFilter.builder().key(key).values(List.of(values)).build();
    }
}
