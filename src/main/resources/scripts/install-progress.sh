# Usage: OPERATION
# Prints how the install of this operation stands:
#   patchway-install VERSION
#   state not-started|working|ended|interrupted
#   exit MANAGER STATUS          only when ended
#   log LINE                     the last lines of its log
#   hook OCCASION STATUS         how a hook that was begun ended; unknown: it has not, or was cut off
#   hook-log OCCASION LINE       the last lines that it said
#   end
main() {
  record patchway-install 1
  case ${1:-} in '' | *[!a-z0-9-]* | -*) fault BAD_ANSWER 'the progress was asked for with a wrong operation id' ;; esac
  [ "$(id -u)" -eq 0 ] || fault NOT_PERMITTED 'the run directory needs root; allow the login to use sudo without a password'
  directory=/var/lib/patchway/runs/$1
  if ! [ -e "$directory/started" ]; then
    record state not-started
    record end
    exit 0
  fi
  # The order matters: a worker that ends between the two questions has left its exit status.
  if alive; then state=working; else state=interrupted; fi
  if [ -e "$directory/exit" ]; then state=ended; fi
  record state "$state"
  if [ "$state" = ended ]; then
    read -r manager status < "$directory/exit"
    record exit "$manager" "$status"
  fi
  last_lines 49152 log | awk 'NF { print "log\t" $0 }'
  for occasion in pre-install post-install on-exit; do hook "$occasion"; done
  record end
}

last_lines() { tail -c "$1" "$directory/$2" 2> /dev/null | tr '\r' '\n' | tr -d '\000-\010\013-\037\177'; }

hook() {
  [ -e "$directory/hook-$1" ] || return 0
  read -r status < "$directory/hook-$1" || status=unknown
  record hook "$1" "$status"
  last_lines 4096 "hook-$1.log" | awk -v occasion="$1" 'NF { print "hook-log\t" occasion "\t" $0 }'
}

# The worker, or a package manager that outlived it: they share a process group. A process id may
# have been given away since, so its start time counts, too.
alive() {
  read -r process since boot < "$directory/started" || return 1
  [ "$boot" = "$(boot_id)" ] || return 1
  if [ -e "/proc/$process/stat" ]; then
    [ "$(sed 's/^.*) //' "/proc/$process/stat" | cut -d' ' -f20)" = "$since" ] || return 1
    [ "$(sed 's/^.*) //' "/proc/$process/stat" | cut -c1)" != Z ] && return 0
  fi
  kill -0 -- "-$process" 2> /dev/null
}

main "$@" < /dev/null
