# What the apt hosts of the lab have installed and what is offered to them. Read by
# build-deb-archives.sh. The archives are SCENARIO/stable and SCENARIO/security.

# What a Debian kernel does through /etc/kernel/postinst.d.
wants_reboot='echo "*** System restart required ***" > /run/reboot-required\necho "$DPKG_MAINTSCRIPT_PACKAGE" >> /run/reboot-required.pkgs'

package base openssl 3.0.15-1~deb12u1 medium 'First.'
package base libnss3 2:3.87.1-1 medium 'First.'
package base curl 7.88.1-10+deb12u7 medium 'First.'
package base nginx 1.22.1-9 medium 'First.'
package base linux-image-6.1.0-94-amd64 6.1.94-1 medium 'First.'
package base linux-image-amd64 6.1.94-1 medium 'First.' 'Depends: linux-image-6.1.0-94-amd64'
package base acme-lib 1.0-1 medium 'First.'
package base acme-app 1.0-1 medium 'First.' 'Depends: acme-lib (>= 1.0)'
package base acme-agent 1.0-1 medium 'First.'
package base acme-held 1.0-1 medium 'First.'
package base acme-pre 1.0-1 medium 'First.'
package base acme-post 1.0-1 medium 'First.'
package base acme-conf 1.0-1 medium 'First.' 'conffile=/etc/acme.conf=colour = red'
package base acme-core 1.0-1 medium 'First.'
package base acme-bus 1.0-1 medium 'First.'
package base acme-tail 1.0-1 medium 'First.'
package base acme-release 1-1 medium 'First.'

# updates
package updates/security openssl 3.0.15-1~deb12u2 high 'CVE-2025-10001 and CVE-2025-10002: buffer overflow.'
package updates/security linux-image-6.1.0-95-amd64 6.1.95-1 high 'CVE-2025-10003: use after free.' "postinst=$wants_reboot"
package updates/security linux-image-amd64 6.1.95-1 high 'CVE-2025-10003: use after free.' 'Depends: linux-image-6.1.0-95-amd64'
package updates/security libnss3 2:3.87.1-1+deb12u1 medium 'CVE-2025-10004: side channel.'
package updates/security curl 7.88.1-10+deb12u8 low 'CVE-2025-10005: cookie leak.'
package updates/security nginx 1.22.1-9+deb12u1 high 'CVE-2025-10006: request smuggling.'
package updates/security nginx 1.22.1-9+deb12u2 medium 'CVE-2025-10007: memory disclosure.'
package updates/stable acme-lib 2.0-1 medium 'Faster.'
package updates/stable acme-app 2.0-1 medium 'Needs the new library.' 'Depends: acme-lib (>= 2.0)'
package updates/stable acme-agent 1.1-1 low 'Fewer messages.'

package failing-pre/security acme-pre 2.0-1 high 'CVE-2025-20001: bad input.' 'preinst=echo "acme-pre refuses" >&2\nexit 1'
package failing-post/security acme-post 2.0-1 high 'CVE-2025-20002: bad input.' 'postinst=echo "acme-post fails" >&2\nexit 1'
package held/stable acme-held 2.0-1 medium 'Held back on the host (apt-mark hold).'
package conffile/stable acme-conf 2.0-1 medium 'Ships another colour.' 'conffile=/etc/acme.conf=colour = green'

# Three rounds: each acme-release names the archive that the next boot switches on.
package round-1/security acme-core 2.0-1 high 'CVE-2025-50001: privilege escalation.' "postinst=$wants_reboot"
package round-1/security acme-release 2-1 high 'Brings round 2.' 'conffile=/etc/acme/repositories=round-2'
package round-2/security acme-bus 2.0-1 high 'CVE-2025-50002: privilege escalation.' "postinst=$wants_reboot"
package round-2/security acme-release 3-1 high 'Brings round 3.' 'conffile=/etc/acme/repositories=round-3'
package round-3/security acme-tail 2.0-1 high 'CVE-2025-50003: bad input.'
