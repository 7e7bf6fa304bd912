# Shared by all scripts. Every script is a set of functions with one call at its very end: a shell
# that loses its input half-way has then run nothing.
set -u
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
TZ=UTC
export PATH LC_ALL TZ
tab=$(printf '\t')

# One record: its kind and its fields, separated by tabs. Control characters cannot break it.
record() {
  line=
  for field in "$@"; do
    case $field in *[[:cntrl:]]*) field=$(printf '%s' "$field" | tr '[:cntrl:]' ' ') ;; esac
    line=$line$tab$field
  done
  printf '%s\n' "${line#"$tab"}"
}

# Ends the script with a fault that the operator can act on.
fault() {
  record fault "$1" "$2"
  record end
  exit 0
}

# What a tool said last, on one line, for a fault.
last_words() { printf '%s\n' "$1" | grep -v '^[[:space:]]*$' | tail -n 4 | tr -s '\n\t ' ' ' | cut -c 1-600 | sed 's/ $//'; }

# A folder that is gone when the script ends.
need_scratch() {
  [ -z "$scratch" ] || return 0
  scratch=$(mktemp -d /var/tmp/patchway.XXXXXX) && trap 'rm -rf "$scratch"' EXIT
}
scratch=

has() { command -v "$1" > /dev/null 2>&1; }

boot_id() { cat /proc/sys/kernel/random/boot_id; }

# The process that writes under a lock on one of these files: an inode's number alone may be another
# file's.
lock_holder() {
  for file in "$@"; do
    [ -e "$file" ] || continue
    inode=$(stat -c %i "$file")
    for process in $(awk -v inode=":$inode\$" '$2 != "->" && $4 == "WRITE" && $6 ~ inode { print $5 }' /proc/locks); do
      if ls -l "/proc/$process/fd" 2> /dev/null | grep -qF -- "-> $file"; then echo "$process" && return; fi
    done
  done
}

# What a dnf 5 at work holds; older ones have the second alone.
dnf5_locks='/var/lib/dnf/system-repo.lock /run/dnf/rpmtransaction.lock'

# dnf, apt or zypper: what the distribution says about itself goes before what happens to be there.
package_manager() {
  os=$(. /etc/os-release 2> /dev/null && printf ' %s %s ' "${ID:-}" "${ID_LIKE:-}")
  case $os in
    *\ debian\ * | *\ ubuntu\ *) first=apt ;;
    *\ suse\ * | *\ sles\ * | *\ opensuse*) first=zypper ;;
    *) first=dnf ;;
  esac
  for candidate in "$first" dnf zypper apt; do
    case $candidate in
      dnf) has dnf && echo dnf && return ;;
      zypper) has zypper && echo zypper && return ;;
      apt) has apt-get && has dpkg-query && echo apt && return ;;
    esac
  done
  echo none
}
