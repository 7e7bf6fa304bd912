# Usage: OPERATION WORD...     the words are the lines of the plan, see the worker
# Starts the worker of this operation, detached, unless it was ever started. Prints
#   patchway-install-start VERSION
#   started yes|no               whether the worker has begun, now or before
#   fault KIND TEXT
#   end
main() {
  record patchway-install-start 1
  operation=${1:-}
  case $operation in '' | *[!a-z0-9-]* | -*) fault BAD_ANSWER 'the install was started with a wrong operation id' ;; esac
  shift
  [ "$(id -u)" -eq 0 ] || fault NOT_PERMITTED 'installing needs root; allow the login to use sudo without a password'
  runs=/var/lib/patchway/runs
  directory=$runs/$operation
  umask 077
  mkdir -p "$runs" && chmod 700 "${runs%/*}" "$runs" || fault NO_SPACE "cannot write to $runs; is the disk full or read-only?"
  find "$runs" -mindepth 1 -maxdepth 1 -type d -mtime +30 -exec rm -rf {} + 2> /dev/null
  if ! [ -e "$directory/started" ]; then
    mkdir -p "$directory"
    { printf '%s\n' "$@" > "$directory/plan.$$" && worker > "$directory/worker.new.$$"; } ||
      fault NO_SPACE "cannot write to $directory; is the disk full?"
    ln "$directory/plan.$$" "$directory/plan" 2> /dev/null
    mv "$directory/worker.new.$$" "$directory/worker"
    rm -f "$directory/plan.$$"
    start
  fi
  attempts=0
  while ! [ -e "$directory/started" ] && [ "$attempts" -lt 100 ]; do
    attempts=$((attempts + 1))
    sleep 0.1
  done
  if [ -e "$directory/started" ]; then record started yes; else record started no; fi
  record end
}

# systemd keeps the worker whatever happens to this session; older ones do not know --collect.
start() {
  if [ -d /run/systemd/system ] && has systemd-run; then
    for collect in --collect ''; do
      systemd-run --quiet $collect --no-block --unit="patchway-$operation" --description="Patchway install $operation" \
        /bin/sh "$directory/worker" 2> /dev/null && return
    done
  fi
  setsid nohup /bin/sh "$directory/worker" > /dev/null 2>&1 < /dev/null &
}

