#!/usr/bin/env bash
# Usage: enter-host.sh LAB NAME COMMAND...
# Runs a command inside a host as root without SSH. Status 75 when the host is down.
set -euo pipefail
. "$(dirname "$0")/lab.sh"
leader=$(leader_of "$1/$2")
if [ -z "$leader" ]; then
  echo "the host $2 is down" >&2
  exit 75
fi
shift 2
exec nsenter --target "$leader" --mount --uts --ipc --pid --cgroup --time --root --wd \
  env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "$@"
