#!/usr/bin/env bash
# Usage: build-deb-archives.sh TARGET
# Builds the apt archives of the lab below TARGET: TARGET/SCENARIO/{stable,security}, flat archives,
# and "base" with what is installed from the start.
set -euo pipefail
target=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# package ARCHIVE NAME VERSION URGENCY "CHANGE" [CONTROL FIELD or script=BODY or file=PATH=TEXT]...
# The change is the text of the changelog entry, where severity and CVEs of a deb are to be found.
package() {
  local archive=$1 name=$2 version=$3 urgency=$4 change=$5 tree argument
  shift 5
  tree=$work/$name
  rm -rf "$tree"
  mkdir -p "$tree/DEBIAN" "$tree/usr/share/lab" "$target/$archive"
  echo "$version" > "$tree/usr/share/lab/$name"
  printf 'Package: %s\nVersion: %s\nArchitecture: %s\nMaintainer: Lab <lab@example.com>\nSection: misc\nPriority: optional\nDescription: %s of the lab\n' \
    "$name" "$version" "$(dpkg --print-architecture)" "$name" > "$tree/DEBIAN/control"
  for argument in "$@"; do
    case $argument in
      postinst=* | preinst=*)
        printf '#!/bin/sh\n%b\n' "${argument#*=}" > "$tree/DEBIAN/${argument%%=*}"
        chmod 755 "$tree/DEBIAN/${argument%%=*}" ;;
      conffile=*)
        argument=${argument#conffile=}
        mkdir -p "$tree/$(dirname "${argument%%=*}")"
        echo "${argument#*=}" > "$tree/${argument%%=*}"
        echo "${argument%%=*}" > "$tree/DEBIAN/conffiles" ;;
      *) printf '%s\n' "$argument" >> "$tree/DEBIAN/control" ;;
    esac
  done
  write_changelog "$archive" "$name" "$version" "$urgency" "$change" "$tree"
  dpkg-deb --root-owner-group -Znone --build "$tree" "$target/$archive/${name}_${version#*:}.deb" > /dev/null
}

# apt-get changelog looks for o/openssl/openssl_VERSION and libn/libnss3/libnss3_VERSION, without
# the epoch. The newest entry comes first, older ones below.
write_changelog() {
  local archive=$1 name=$2 version=$3 urgency=$4 change=$5 tree=$6 history=$work/$2.changelog suite=stable prefix=${2:0:1}
  case $name in lib*) prefix=${name:0:4} ;; esac
  case $archive in */security) suite=stable-security ;; esac
  touch "$history"
  printf '%s (%s) %s; urgency=%s\n\n  * %s\n\n -- Lab <lab@example.com>  Mon, 03 Feb 2025 10:00:00 +0000\n\n' \
    "$name" "$version" "$suite" "$urgency" "$change" | cat - "$history" > "$history.new"
  mv "$history.new" "$history"
  mkdir -p "$tree/usr/share/doc/$name" "$target/changelogs/$prefix/$name"
  gzip -9nc "$history" > "$tree/usr/share/doc/$name/changelog.Debian.gz"
  cp "$history" "$target/changelogs/$prefix/$name/${name}_${version#*:}.changelog"
}

# shellcheck source=deb-packages.sh
. "$(dirname "$0")/deb-packages.sh"

for archive in "$target"/base "$target"/*/stable "$target"/*/security; do
  [ -d "$archive" ] || continue
  label=Example suite=stable
  case $archive in */security) label=Example-Security suite=stable-security ;; esac
  (
    cd "$archive"
    apt-ftparchive packages . > Packages
    apt-ftparchive -o APT::FTPArchive::Release::Origin=Example -o APT::FTPArchive::Release::Label=$label \
      -o APT::FTPArchive::Release::Suite=$suite -o APT::FTPArchive::Release::Codename=$suite -o APT::FTPArchive::Release::Version=12 \
      release . > "$work/Release"
    # apt-ftparchive does not know this field.
    { echo 'Changelogs: copy:/srv/repositories/changelogs/@CHANGEPATH@.changelog'; cat "$work/Release"; } > Release
    rm "$work/Release"
  )
done
