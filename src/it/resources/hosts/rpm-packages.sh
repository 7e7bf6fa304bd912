# What the dnf and zypper hosts of the lab have installed and what is offered to them. Read by
# build-rpm-repositories.sh. The first column is the repository, which is named after its scenario.

# Installed from the start. "base" stands for the Debian files below: RPM scriptlets need a shell.
package base base 9-1 'Provides: /bin/sh' 'Provides: /bin/bash' 'Provides: system-release = 9' 'Provides: system-release(releasever) = 9'
package base openssl 1:3.2.2-6.el9
package base kernel 5.14.0-503.11.1.el9 'Provides: installonlypkg(kernel)'
package base nss 3.101.0-8.el9
package base libcurl 7.76.1-31.el9
package base curl 7.76.1-31.el9 'Requires: libcurl >= 7.76.1-31.el9'
package base httpd 2.4.62-1.el9
package base tzdata 2025a-1.el9
package base acme-lib 1.0-1
package base acme-app 1.0-1 'Requires: acme-lib >= 1.0'
package base acme-agent 1.0-1
package base acme-tool 1.0-1
package base acme-held 1.0-1
package base acme-pre 1.0-1
package base acme-post 1.0-1
package base systemd 252-1.el9
package base dbus 1.12.20-1.el9
package base zypper 1.14.42-1
package base acme-tail 1.0-1
package base acme-release 1-1

# updates: every classification and severity.
package updates openssl 1:3.2.2-7.el9
package updates kernel 5.14.0-503.15.1.el9 'Provides: installonlypkg(kernel)'
package updates nss 3.101.0-10.el9
package updates libcurl 7.76.1-35.el9
package updates curl 7.76.1-35.el9 'Requires: libcurl >= 7.76.1-35.el9'
package updates httpd 2.4.62-4.el9
package updates httpd 2.4.62-7.el9
package updates tzdata 2025b-1.el9
package updates acme-lib 2.0-1
package updates acme-app 2.0-1 'Requires: acme-lib >= 2.0'
package updates acme-agent 1.1-1
package updates acme-tool 1.1-1
advisory updates EXSA-2025:1001 security Critical 2025-02-01 none 'CVE-2025-10001 CVE-2025-10002 2200001' 'openssl=1:3.2.2-7.el9'
advisory updates EXSA-2025:1002 security Important 2025-02-03 reboot 'CVE-2025-10003' 'kernel=5.14.0-503.15.1.el9'
advisory updates EXSA-2025:1003 security Moderate 2025-02-05 none 'CVE-2025-10004' 'nss=3.101.0-10.el9'
advisory updates EXSA-2025:1004 security Low 2025-02-07 none 'CVE-2025-10005' 'curl=7.76.1-35.el9 libcurl=7.76.1-35.el9'
advisory updates EXSA-2025:1005 security Important 2025-01-10 none 'CVE-2025-10006' 'httpd=2.4.62-4.el9'
advisory updates EXSA-2025:1011 security Moderate 2025-03-10 none 'CVE-2025-10007' 'httpd=2.4.62-7.el9'
advisory updates EXEA-2025:1009 enhancement None 2025-02-09 none '2200009' 'tzdata=2025b-1.el9'
advisory updates EXEA-2025:1013 newpackage None 2025-02-13 none '2200013' 'acme-tool=1.1-1'
advisory updates EXBA-2025:1010 bugfix None 2025-02-10 none '2200010' 'acme-lib=2.0-1'
advisory updates EXBA-2025:1012 bugfix None 2025-02-12 none '2200012' 'acme-app=2.0-1'

# failing-pre, failing-post: scriptlets that fail.
package failing-pre acme-pre 2.0-1 '%pre\necho "acme-pre refuses" >&2\nexit 1'
advisory failing-pre EXSA-2025:2001 security Important 2025-02-14 none 'CVE-2025-20001' 'acme-pre=2.0-1'
package failing-post acme-post 2.0-1 '%post\necho "acme-post fails" >&2\nexit 1'
advisory failing-post EXSA-2025:2002 security Important 2025-02-15 none 'CVE-2025-20002' 'acme-post=2.0-1'

# held: the host holds acme-held back (versionlock, zypper lock).
package held acme-held 2.0-1
advisory held EXBA-2025:3001 bugfix None 2025-02-16 none '2300001' 'acme-held=2.0-1'

# self-update: an update of the package manager itself, which zypper installs alone (status 103).
package self-update zypper 1.14.42-2
advisory self-update EXBA-2025:4001 bugfix None 2025-02-17 restart '2400001' 'zypper=1.14.42-2'

# Three rounds: each acme-release names the repository that the next boot switches on, and the
# first two rounds bring a package whose update asks for a reboot.
package round-1 systemd 252-2.el9
package round-1 acme-release 2-1 'install mkdir -p %{buildroot}/etc/acme; echo round-2 > %{buildroot}/etc/acme/repositories' 'file /etc/acme/repositories'
advisory round-1 EXSA-2025:5001 security Important 2025-02-20 reboot 'CVE-2025-50001' 'systemd=252-2.el9 acme-release=2-1'
package round-2 dbus 1.12.20-2.el9
package round-2 acme-release 3-1 'install mkdir -p %{buildroot}/etc/acme; echo round-3 > %{buildroot}/etc/acme/repositories' 'file /etc/acme/repositories'
advisory round-2 EXSA-2025:5002 security Important 2025-02-21 reboot 'CVE-2025-50002' 'dbus=1.12.20-2.el9 acme-release=3-1'
package round-3 acme-tail 2.0-1
advisory round-3 EXSA-2025:5003 security Important 2025-02-22 none 'CVE-2025-50003' 'acme-tail=2.0-1'
