# Prints whether work could start on this host:
#   patchway-precheck VERSION
#   boot-id ID
#   uptime SECONDS
#   lock PROCESS NAME            only when another package manager is at work
#   fault KIND TEXT
#   end
main() {
  record patchway-precheck 1
  [ "$(id -u)" -eq 0 ] || fault NOT_PERMITTED 'patching needs root; allow the login to use sudo without a password'
  manager=$(package_manager)
  [ "$manager" != none ] || fault UNSUPPORTED 'neither dnf, apt nor zypper is on this host'
  record boot-id "$(boot_id)"
  record uptime "$(cut -d. -f1 /proc/uptime)"
  case $manager in
    dnf)
      lock_by_number /var/cache/dnf/*.pid /var/lib/dnf/*.pid /run/yum.pid
      lock_by_file $dnf5_locks ;;
    zypper) lock_by_number /run/zypp.pid ;;
    apt) lock_by_file /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock ;;
  esac
  case $manager in dnf | zypper) lock_by_file /var/lib/rpm/.rpm.lock /usr/lib/sysimage/rpm/.rpm.lock ;; esac
  space /var 200
  space /usr 200
  if grep -q ' /boot ' /proc/mounts; then space /boot 60; fi
  record end
}

holder() {
  record lock "$1" "$(cat "/proc/$1/comm" 2> /dev/null)"
  record end
  exit 0
}

# Lock files with the holder's process id in them.
lock_by_number() {
  for file in "$@"; do
    process=$(cat "$file" 2> /dev/null | tr -cd 0-9)
    if [ -n "$process" ] && [ -d "/proc/$process" ]; then holder "$process"; fi
  done
}

# Lock files that the kernel knows the holder of.
lock_by_file() {
  process=$(lock_holder "$@")
  [ -z "$process" ] || holder "$process"
}

# Less than this many MiB is too little to begin with.
space() {
  free=$(df -Pk "$1" 2> /dev/null | awk 'NR == 2 { print int($4 / 1024) }')
  [ -z "$free" ] || [ "$free" -ge "$2" ] ||
    fault NO_SPACE "only $free MiB are free on the file system of $1, at least $2 are needed; make room there"
}

main < /dev/null
