#!/usr/bin/env bash
# Installs what the tests need on a bare Debian machine. Safe to run again: it asks
# apt for nothing when every package is there already.
set -euo pipefail

# mmdebstrap      root images from the machine's own apt sources
# systemd-container  systemd-nspawn, which boots the images
# rpm, createrepo-c  rpmbuild and repository metadata for dnf and zypper
# apt-utils       apt-ftparchive, for the apt archives
# nftables        silences a host while it is down
# openssh-server  the sshd that tests start for themselves; the machine's own is not started
# awscli, python3-boto3  clients of AWS Systems Manager
# golang-go, golang-github-centurylinkcloud-clc-sdk-dev  CenturyLink's own client, and what compiles it
# curl, python3-requests, python3-requests-ntlm, python3-cryptography  clients of Ivanti Security Controls
packages=(mmdebstrap systemd-container rpm createrepo-c apt-utils nftables openssh-client openssh-server iproute2
  util-linux awscli python3-boto3 golang-go golang-github-centurylinkcloud-clc-sdk-dev curl python3-requests
  python3-requests-ntlm python3-cryptography)
# Node.js may have come from elsewhere, and brings its own npm then.
command -v npm > /dev/null || packages+=(nodejs npm)

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing+=("$package")
done
[ "${#missing[@]}" -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ]; then
  echo "install-prerequisites: run as root to install: ${missing[*]}" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
# At runlevel 1 no service is started by its installation.
RUNLEVEL=1 apt-get -qq -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "${missing[@]}"
