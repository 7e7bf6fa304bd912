package io.patchway.server;

/** The operating systems that a patch baseline can be written for; the names are those of AWS Patch Manager. */
public enum OperatingSystem {
    WINDOWS(PatchFamily.WINDOWS),
    AMAZON_LINUX(PatchFamily.YUM),
    AMAZON_LINUX_2(PatchFamily.YUM),
    AMAZON_LINUX_2022(PatchFamily.YUM),
    AMAZON_LINUX_2023(PatchFamily.YUM),
    UBUNTU(PatchFamily.APT),
    REDHAT_ENTERPRISE_LINUX(PatchFamily.YUM),
    SUSE(PatchFamily.ZYPPER),
    CENTOS(PatchFamily.YUM),
    ORACLE_LINUX(PatchFamily.YUM),
    DEBIAN(PatchFamily.APT),
    MACOS(PatchFamily.MACOS),
    RASPBIAN(PatchFamily.APT),
    ROCKY_LINUX(PatchFamily.YUM),
    ALMA_LINUX(PatchFamily.YUM);

    private final PatchFamily family;

    OperatingSystem(PatchFamily family) {
        this.family = family;
    }

    public PatchFamily family() {
        return family;
    }
}
