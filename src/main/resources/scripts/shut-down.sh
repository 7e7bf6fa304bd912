# Usage: BOOT OPERATION
# Shuts down, once for each operation, when the host still runs this boot. Prints
#   patchway-shut-down VERSION
#   shut-down started|told-before|other-boot
#   end
main() {
  record patchway-shut-down 1
  case ${1:-} in '' | *[!0-9a-f-]*) fault BAD_ANSWER 'the shut-down was asked for with a wrong boot id' ;; esac
  case ${2:-} in '' | *[!a-z0-9-]*) fault BAD_ANSWER 'the shut-down was asked for with a wrong operation id' ;; esac
  [ "$(id -u)" -eq 0 ] || fault NOT_PERMITTED 'shutting down needs root; allow the login to use sudo without a password'
  mkdir -p -m 700 /run/patchway
  if [ "$(boot_id)" != "$1" ]; then
    record shut-down other-boot
  elif mkdir "/run/patchway/shut-down-$1-$2" 2> /dev/null; then
    # A second later, so that this answer gets out.
    setsid nohup sh -c 'sleep 1; systemctl poweroff || shutdown -h now || poweroff' > /dev/null 2>&1 < /dev/null &
    record shut-down started
  elif [ ! -d "/run/patchway/shut-down-$1-$2" ]; then
    fault NO_SPACE 'the mark of the shut-down cannot be made in /run/patchway; the host was not told to shut down'
  else
    record shut-down told-before
  fi
  record end
}

main "$@" < /dev/null
