#!/usr/bin/env bash
# Usage: build-images.sh
# Builds the root images dnf, dnf5, apt and zypper once and prints the folder that has them. The
# folder is named after the hash of the recipe, so a changed recipe makes new images and an unchanged
# one costs nothing. Debian packages come from whatever Debian sources this machine is configured
# for; dnf 5 is in newer releases only, so its image is of the suite PATCHWAY_HOSTS_DNF5_SUITE of the
# same mirror, forky unless set.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${PATCHWAY_HOSTS_CACHE:-/var/cache/patchway-hosts}
dnf5_suite=${PATCHWAY_HOSTS_DNF5_SUITE:-forky}
recipe=$(cd "$here" && cat build-*.sh rpm-packages.sh deb-packages.sh image/* - <<< "$dnf5_suite" | sha256sum | cut -c1-16)
images=$cache/$recipe

mkdir -p "$cache"
exec 9> "$cache/lock"
flock 9 # two builds at once would spoil each other's work
if [ -e "$images/complete" ]; then
  touch "$images/complete"
  echo "$images"
  exit 0
fi
# Images that no recipe has asked for in a fortnight are of no use to anyone.
find "$cache" -mindepth 2 -maxdepth 2 -name complete -mtime +14 -printf '%h\0' | xargs -0 -r rm -rf
rm -rf "$images"
mkdir -p "$images"

debian_sources() {
  apt-get indextargets --format '$(ORIGIN)|deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
    sed -n 's/^Debian|//p' | sort -u
}
debian_sources > "$images/sources.list"
if ! [ -s "$images/sources.list" ]; then
  apt-get -qq update
  debian_sources > "$images/sources.list"
fi
# shellcheck source=/dev/null
codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
sed -n "s/^\(deb [^ ]*\) $codename main\$/\1 $dnf5_suite main/p" "$images/sources.list" > "$images/dnf5.list"
# What this machine has decided about mirrors that lag behind holds for the images, too.
freshness=$(apt-config dump Acquire::Check-Valid-Until)

# image KIND SUITE SOURCES REPOSITORIES PACKAGES
image() {
  local kind=$1 suite=$2 sources=$3 repositories=$4 packages=$5 root=$images/$1
  echo "building the $kind image" >&2
  mmdebstrap --quiet --mode=root --variant=minbase --aptopt='Acquire::Languages "none"' \
    ${freshness:+--aptopt="$freshness"} \
    --include="systemd,systemd-sysv,dbus,libpam-systemd,openssh-server,sudo,procps,iproute2${packages:+,$packages}" \
    "$suite" "$root" "$images/$sources.list" < /dev/null >&2
  cp -a "$images/repositories-$repositories" "$root/srv/repositories"
  install -m 755 "$here/image/enable-repository" "$root/usr/local/sbin/"
  install -m 644 "$here/image/enable-released-repositories.service" "$root/etc/systemd/system/"
  install -m 755 "$here/image/prepare" "$root/root/prepare"
  echo "$kind" > "$root/etc/lab-kind"
  chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root /root/prepare "$kind" >&2
  rm "$root/root/prepare"
}

bash "$here/build-rpm-repositories.sh" redhat "$images/repositories-dnf"
bash "$here/build-rpm-repositories.sh" suse "$images/repositories-zypper"
bash "$here/build-deb-archives.sh" "$images/repositories-apt"
image dnf "$codename" sources dnf rpm,dnf,dnf-plugins-core
image dnf5 "$dnf5_suite" dnf5 dnf rpm,dnf5
image zypper "$codename" sources zypper rpm,zypper
image apt "$codename" sources apt ''
touch "$images/complete"
echo "$images"
