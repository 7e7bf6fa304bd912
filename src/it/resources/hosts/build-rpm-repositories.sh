#!/usr/bin/env bash
# Usage: build-rpm-repositories.sh DIALECT TARGET
# Builds the RPM repositories of the lab below TARGET, one folder for each scenario and one named
# "base" with what is installed from the start. DIALECT "redhat" or "suse" decides how the
# advisories in updateinfo.xml are written; the packages are the same.
set -euo pipefail
dialect=$1 target=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$target" "$work/advisories"
machine=$(uname -m)

# package REPOSITORY NAME [EPOCH:]VERSION-RELEASE [LINE OF THE SPEC]...
package() {
  local repository=$1 name=$2 evr=$3 epoch=0 version release
  shift 3
  case $evr in *:*) epoch=${evr%%:*} evr=${evr#*:} ;; esac
  version=${evr%-*} release=${evr##*-}
  {
    [ "$epoch" = 0 ] || printf 'Epoch: %s\n' "$epoch" # as most packages, without one
    printf '%s\n' "Name: $name" "Version: $version" "Release: $release" \
      "Summary: $name of the lab" "License: Apache-2.0"
    # Tags come before the first section; scriptlets and files after it.
    local line
    for line in "$@"; do case $line in [A-Z]*) printf '%s\n' "$line" ;; esac; done
    printf '%%description\n%s\n%%install\nmkdir -p %%{buildroot}/usr/share/lab\n' "$name"
    printf 'echo %s > %%{buildroot}/usr/share/lab/%s\n' "$evr" "$name"
    # Kernels are installed side by side, so their files must not collide.
    [ "$name" = kernel ] && printf 'mv %%{buildroot}/usr/share/lab/kernel %%{buildroot}/usr/share/lab/kernel-%s\n' "$evr"
    for line in "$@"; do case $line in 'install '*) printf '%s\n' "${line#install }" ;; esac; done
    for line in "$@"; do case $line in '%'*) printf '%b\n' "$line" ;; esac; done
    printf '%%files\n/usr/share/lab/*\n'
    for line in "$@"; do case $line in 'file '*) printf '%s\n' "${line#file }" ;; esac; done
  } > "$work/$name-$evr.spec"
  mkdir -p "$target/$repository"
  rpmbuild -bb --quiet --target "$machine" --define "_topdir $work/rpmbuild" --define "_rpmdir $target/$repository" \
    --define '_build_name_fmt %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm' --define 'debug_package %{nil}' \
    --define "_dbpath $work/rpmdb" "$work/$name-$evr.spec" > "$work/rpmbuild.log" 2>&1 || {
      cat "$work/rpmbuild.log" >&2
      exit 1
    }
}

# advisory REPOSITORY ID TYPE SEVERITY DATE FLAG "REFERENCE..." "NAME=EVR..."
# FLAG is reboot, restart or none; a reference is CVE-... or a bug number.
advisory() {
  local repository=$1 id=$2 type=$3 severity=$4 date=$5 flag=$6 references=$7 packages=$8
  local issued="$date 10:00:00" reference item
  if [ "$dialect" = suse ]; then
    id=SUSE-${id/:/-} severity=${severity,,} issued=$(date -u -d "$date 10:00:00" +%s)
    case $type in bugfix) type=recommended ;; enhancement) type=optional ;; newpackage) type=feature ;; esac
  fi
  {
    printf '<update from="lab@example.com" status="final" type="%s" version="1">\n' "$type"
    printf '<id>%s</id><title>%s update for %s</title>\n' "$id" "$severity" "${packages%%=*}"
    printf '<issued date="%s"/><updated date="%s"/><severity>%s</severity><release>Lab 9</release>\n' "$issued" "$issued" "$severity"
    printf '<description>%s</description><references>\n' "$id"
    for reference in $references; do
      case $reference in
        CVE-*) printf '<reference href="https://cve.example.com/%s" id="%s" type="cve" title="%s"/>\n' "$reference" "$reference" "$reference" ;;
        *) printf '<reference href="https://bugs.example.com/%s" id="%s" type="bugzilla" title="Bug %s"/>\n' "$reference" "$reference" "$reference" ;;
      esac
    done
    printf '</references><pkglist><collection short="lab"><name>Lab</name>\n'
    for item in $packages; do listed_package "${item%%=*}" "${item#*=}" "$flag"; done
    printf '</collection></pkglist></update>\n'
  } >> "$work/advisories/$repository.xml"
}

listed_package() {
  local name=$1 evr=$2 flag=$3 epoch=0
  case $evr in *:*) epoch=${evr%%:*} evr=${evr#*:} ;; esac
  printf '<package name="%s" epoch="%s" version="%s" release="%s" arch="%s" src="%s-%s.src.rpm">' \
    "$name" "$epoch" "${evr%-*}" "${evr##*-}" "$machine" "$name" "$evr"
  printf '<filename>%s-%s.%s.rpm</filename>' "$name" "$evr" "$machine"
  case $flag in
    reboot) printf '<reboot_suggested>True</reboot_suggested>' ;;
    restart) printf '<restart_suggested>True</restart_suggested>' ;;
  esac
  printf '</package>\n'
}

# shellcheck source=rpm-packages.sh
. "$(dirname "$0")/rpm-packages.sh"

for repository in "$target"/*/; do
  repository=${repository%/} name=$(basename "$repository")
  createrepo_c --quiet "$repository"
  if [ -e "$work/advisories/$name.xml" ]; then
    { echo '<?xml version="1.0" encoding="UTF-8"?><updates>'; cat "$work/advisories/$name.xml"; echo '</updates>'; } > "$work/updateinfo.xml"
    modifyrepo_c --mdtype=updateinfo "$work/updateinfo.xml" "$repository/repodata" > /dev/null
  fi
done
