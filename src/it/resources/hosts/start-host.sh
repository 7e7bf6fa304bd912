#!/usr/bin/env bash
# Usage: start-host.sh LAB NAME KIND [REPOSITORY...]
# Starts a host of kind dnf, dnf5, apt or zypper with the repositories switched on. Returns when the
# host's SSH server answers; the folder LAB/NAME then has address, port, host-key.pub.
set -euo pipefail
. "$(dirname "$0")/lab.sh"
lab=$1 name=$2 kind=$3
shift 3
host=$lab/$name
mkdir "$host" # fails when the name is taken

exec 8> "$lab/lock"
flock 8
number=$(($(cat "$lab/last-number" 2> /dev/null || echo 0) + 1))
echo "$number" > "$lab/last-number"
flock -u 8

echo "127.77.$(basename "$lab").$number" > "$host/address"
# A server of the machine itself on port 22 listens on every address: then ours takes another.
if ss -Hltn 'sport = :22' | grep -qE '(0\.0\.0\.0|\*|\[::\]):22 '; then echo 2222; else echo 22; fi > "$host/port"
echo 2 > "$host/dark-seconds"
echo 0 > "$host/reboots"
echo "$kind" > "$host/kind"
printf '%s\n' "$@" > "$host/repositories"
for hierarchy in $(hierarchies); do mkdir "$hierarchy/$(cgroup_name "$lab" "$name")"; done

# Namespaces of its own for mounts and processes: whatever happens, they end with the supervisor.
setsid unshare --mount --pid --fork --kill-child --mount-proc \
  bash "$here/supervise-host.sh" "$lab" "$name" < /dev/null > "$host/console.log" 2>&1 8>&- &
supervisor=$!
echo "$supervisor" > "$host/supervisor"
identity_of "$supervisor" > "$host/supervisor.identity"

address=$(cat "$host/address") port=$(cat "$host/port")
for attempt in $(seq 600); do
  if banner=$(timeout 1 bash -c "exec 3<>/dev/tcp/$address/$port; head -c 4 <&3" 2> /dev/null) && [ "$banner" = SSH- ]; then
    exit 0
  fi
  kill -0 "$supervisor" 2> /dev/null || break
  sleep 0.1
done
echo "the host $name does not answer on $address:$port; its console said:" >&2
tail -n 20 "$host/console.log" >&2
exit 1
