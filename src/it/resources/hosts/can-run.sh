#!/usr/bin/env bash
# Usage: can-run.sh
# Ends with 0 when this machine can run the lab; otherwise says on standard error what is in the way.
set -uo pipefail
PATH=$PATH:/usr/sbin:/sbin
no() { echo "real hosts cannot run here: $*" >&2; exit 1; }

[ "$(id -u)" -eq 0 ] || no "this takes root"
grep -qs '^ID=debian$' /etc/os-release || no "the root images are built from the sources of a Debian machine, and this is none"
for tool in systemd-nspawn mmdebstrap rpmbuild createrepo_c apt-ftparchive nft ssh-keygen nsenter ss perl; do
  command -v "$tool" > /dev/null || no "$tool is missing; src/it/resources/hosts/install-prerequisites.sh installs it"
done
grep -q '^[^ ]* [^ ]* cgroup2 ' /proc/mounts || no "there is no cgroup v2 hierarchy"
unshare --mount --pid --fork --time --boottime 1 true 2> /dev/null || no "namespaces for mounts, processes and time are not allowed"
nft list tables > /dev/null 2>&1 || no "nftables is not allowed"
