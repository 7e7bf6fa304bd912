/**
 * Real hosts for integration tests: systemd machines with real package managers, local repositories and real reboots.
 *
 * <p>Use: {@code @NeedsRealHosts} on the test class, then {@code try (RealHost host = RealHosts.start(HostKind.DNF,
 * "web-1", Scenario.UPDATES)) { ... }}. Scenarios may be combined. The packages and advisories of each are written in
 * {@code src/it/resources/hosts/rpm-packages.sh} and {@code deb-packages.sh}, which are the last word.
 *
 * <h2>dnf 4, dnf 5 and zypper</h2>
 *
 * Both versions of dnf have the same repositories; zypper has the same packages; its advisories are called
 * {@code SUSE-EXSA-2025-1001} for {@code EXSA-2025:1001}, their severity is in lower case, and bugfix, enhancement and
 * newpackage are recommended, optional and feature there.
 *
 * <pre>
 * scenario      package     installed           offered             advisory
 * UPDATES       openssl     1:3.2.2-6.el9       1:3.2.2-7.el9       EXSA-2025:1001 security Critical  2025-02-01 CVE-2025-10001, -10002, bug 2200001
 *               kernel      5.14.0-503.11.1.el9 5.14.0-503.15.1.el9 EXSA-2025:1002 security Important 2025-02-03 CVE-2025-10003, reboot suggested
 *               nss         3.101.0-8.el9       3.101.0-10.el9      EXSA-2025:1003 security Moderate  2025-02-05 CVE-2025-10004
 *               curl        7.76.1-31.el9       7.76.1-35.el9       EXSA-2025:1004 security Low       2025-02-07 CVE-2025-10005
 *               libcurl     7.76.1-31.el9       7.76.1-35.el9       EXSA-2025:1004 (curl requires libcurl of the same version)
 *               httpd       2.4.62-1.el9        2.4.62-4.el9        EXSA-2025:1005 security Important 2025-01-10 CVE-2025-10006
 *               httpd                           2.4.62-7.el9        EXSA-2025:1011 security Moderate  2025-03-10 CVE-2025-10007
 *               tzdata      2025a-1.el9         2025b-1.el9         EXEA-2025:1009 enhancement        2025-02-09 bug 2200009
 *               acme-lib    1.0-1               2.0-1               EXBA-2025:1010 bugfix             2025-02-10 bug 2200010
 *               acme-app    1.0-1               2.0-1               EXBA-2025:1012 bugfix             2025-02-12 requires acme-lib 2.0
 *               acme-tool   1.0-1               1.1-1               EXEA-2025:1013 newpackage         2025-02-13 bug 2200013
 *               acme-agent  1.0-1               1.1-1               none
 * FAILING_PRE   acme-pre    1.0-1               2.0-1               EXSA-2025:2001 security Important 2025-02-14 CVE-2025-20001
 * FAILING_POST  acme-post   1.0-1               2.0-1               EXSA-2025:2002 security Important 2025-02-15 CVE-2025-20002
 * HELD          acme-held   1.0-1               2.0-1               EXBA-2025:3001 bugfix 2025-02-16 (versionlock, zypper lock)
 * SELF_UPDATE   zypper      1.14.42-1           1.14.42-2           EXBA-2025:4001 bugfix 2025-02-17, restart suggested
 * THREE_ROUNDS  systemd     252-1.el9           252-2.el9           EXSA-2025:5001 security Important 2025-02-20 CVE-2025-50001, reboot suggested
 *   round 1     acme-release 1-1                2-1                 EXSA-2025:5001
 *   round 2     dbus        1.12.20-1.el9       1.12.20-2.el9       EXSA-2025:5002 security Important 2025-02-21 CVE-2025-50002, reboot suggested
 *               acme-release 2-1                3-1                 EXSA-2025:5002
 *   round 3     acme-tail   1.0-1               2.0-1               EXSA-2025:5003 security Important 2025-02-22 CVE-2025-50003
 * </pre>
 *
 * <h2>apt</h2>
 *
 * "security" is label Example-Security, suite stable-security; "stable" is label Example, suite stable. Urgency and
 * CVEs are in {@code apt-get changelog}, every entry dated 2025-02-03.
 *
 * <pre>
 * scenario      package                     installed          offered            archive, urgency
 * UPDATES       openssl                     3.0.15-1~deb12u1   3.0.15-1~deb12u2   security high    CVE-2025-10001, -10002
 *               linux-image-amd64           6.1.94-1           6.1.95-1           security high    CVE-2025-10003
 *               linux-image-6.1.0-95-amd64  (new)              6.1.95-1           security high    makes /run/reboot-required
 *               libnss3                     2:3.87.1-1         2:3.87.1-1+deb12u1 security medium  CVE-2025-10004
 *               curl                        7.88.1-10+deb12u7  7.88.1-10+deb12u8  security low     CVE-2025-10005
 *               nginx                       1.22.1-9           1.22.1-9+deb12u1   security high    CVE-2025-10006
 *               nginx                                          1.22.1-9+deb12u2   security medium  CVE-2025-10007
 *               acme-lib, acme-app          1.0-1              2.0-1              stable medium    acme-app needs acme-lib 2.0
 *               acme-agent                  1.0-1              1.1-1              stable low
 * FAILING_PRE   acme-pre                    1.0-1              2.0-1              security high    CVE-2025-20001
 * FAILING_POST  acme-post                   1.0-1              2.0-1              security high    CVE-2025-20002
 * HELD          acme-held                   1.0-1              2.0-1              stable medium    apt-mark hold
 * CONFFILE      acme-conf                   1.0-1              2.0-1              stable medium    /etc/acme.conf was changed on the host
 * THREE_ROUNDS  acme-core, acme-release     1.0-1, 1-1         2.0-1, 2-1         security high    CVE-2025-50001, makes /run/reboot-required
 *   round 2     acme-bus, acme-release      1.0-1, 2-1         2.0-1, 3-1         security high    CVE-2025-50002, makes /run/reboot-required
 *   round 3     acme-tail                   1.0-1              2.0-1              security high    CVE-2025-50003
 * </pre>
 */
package io.patchway.hosts;
