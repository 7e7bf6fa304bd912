# Shared by the scripts of the lab. A lab is a folder /run/patchway-hosts/NUMBER that belongs to
# one process; each host is a folder inside it.
export PATH=$PATH:/usr/sbin:/sbin # root's, which a plain su does not give
labs=/run/patchway-hosts
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# A process id alone may have been given to another process since.
identity_of() { [ -r "/proc/$1/stat" ] && sed "s/^.*) //" "/proc/$1/stat" | awk -v id="$1" '{ print id, $20 }'; }

# The hierarchies in which systemd-nspawn places its container: v2, and systemd's own on v1.
hierarchies() {
  awk '$3 == "cgroup2" { print $2 } $3 == "cgroup" && $4 ~ /name=systemd/ { print $2 }' /proc/mounts
}
cgroup_name() { echo "patchway-$(basename "$1")-$2"; }
nft_table() { echo "patchway_$(basename "$1")"; }

# What process 1 of the host is called on this machine; empty while the host is down.
leader_of() {
  local process child
  process=$(cat "$1/supervisor" 2> /dev/null) || return 0
  for child in $(children "$process"); do # the supervisor, process 1 of a namespace of its own
    for process in $(children "$child"); do
      [ "$(cat "/proc/$process/comm" 2> /dev/null)" = systemd-nspawn ] || continue
      for child in $(children "$process"); do
        # nspawn's own helpers are not process 1 of the innermost namespace.
        if grep -qs '^NSpid:.*[[:space:]]1$' "/proc/$child/status" && [ "$(cat "/proc/$child/comm")" = systemd ]; then
          echo "$child"
          return 0
        fi
      done
    done
  done
}
children() { cat "/proc/$1/task/"*/children 2> /dev/null || true; }

stop_host() {
  local lab=$1 name=$2 host=$1/$2 supervisor hierarchy
  supervisor=$(cat "$host/supervisor.identity" 2> /dev/null || true)
  # The supervisor is process 1 of a namespace: with it everything in there ends, mounts included.
  if [ -n "$supervisor" ] && [ "$(identity_of "${supervisor% *}")" = "$supervisor" ]; then
    kill -KILL "${supervisor% *}"
    while [ "$(identity_of "${supervisor% *}")" = "$supervisor" ]; do sleep 0.05; done
  fi
  for hierarchy in $(hierarchies); do remove_cgroup "$hierarchy/$(cgroup_name "$lab" "$name")"; done
  rm -rf "$host"
}

remove_cgroup() {
  local attempt
  for attempt in $(seq 1200); do # dying processes leave a moment later
    [ -d "$1" ] || return 0
    find "$1" -depth -type d -exec rmdir {} + 2> /dev/null || true
    sleep 0.05
  done
  echo "the cgroup $1 is still in use" >&2
  return 1
}

close_lab() {
  local host
  for host in "$1"/*/supervisor.identity; do
    [ -e "$host" ] && stop_host "$1" "$(basename "$(dirname "$host")")"
  done
  nft delete table inet "$(nft_table "$1")" 2> /dev/null || true
  rm -rf "$1"
}
