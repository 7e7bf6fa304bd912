# Usage: BOOT OPERATION
# Prints whether this operation has told the host to end this boot:
#   patchway-reboot VERSION
#   reboot not-told|told-before|other-boot
#   end
main() {
  record patchway-reboot 1
  case ${1:-} in '' | *[!0-9a-f-]*) fault BAD_ANSWER 'the reboot was asked about with a wrong boot id' ;; esac
  case ${2:-} in '' | *[!a-z0-9-]*) fault BAD_ANSWER 'the reboot was asked about with a wrong operation id' ;; esac
  [ "$(id -u)" -eq 0 ] || fault NOT_PERMITTED 'asking about a reboot needs root; allow the login to use sudo without a password'
  if [ "$(boot_id)" != "$1" ]; then
    record reboot other-boot
  elif [ -d "/run/patchway/reboot-$1-$2" ]; then
    record reboot told-before
  else
    record reboot not-told
  fi
  record end
}

main "$@" < /dev/null
