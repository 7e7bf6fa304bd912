# Usage: BOOT OPERATION
# Reboots, once for each operation, when the host still runs this boot. Prints
#   patchway-reboot VERSION
#   reboot started|told-before|other-boot
#   end
main() {
  record patchway-reboot 1
  case ${1:-} in '' | *[!0-9a-f-]*) fault BAD_ANSWER 'the reboot was asked for with a wrong boot id' ;; esac
  case ${2:-} in '' | *[!a-z0-9-]*) fault BAD_ANSWER 'the reboot was asked for with a wrong operation id' ;; esac
  [ "$(id -u)" -eq 0 ] || fault NOT_PERMITTED 'rebooting needs root; allow the login to use sudo without a password'
  mkdir -p -m 700 /run/patchway
  if [ "$(boot_id)" != "$1" ]; then
    record reboot other-boot
  elif mkdir "/run/patchway/reboot-$1-$2" 2> /dev/null; then
    # A second later, so that this answer gets out.
    setsid nohup sh -c 'sleep 1; systemctl reboot || shutdown -r now || reboot' > /dev/null 2>&1 < /dev/null &
    record reboot started
  elif [ ! -d "/run/patchway/reboot-$1-$2" ]; then
    fault NO_SPACE 'the mark of the reboot cannot be made in /run/patchway; the host was not told to reboot'
  else
    record reboot told-before
  fi
  record end
}

main "$@" < /dev/null
