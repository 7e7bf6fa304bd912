#!/usr/bin/env bash
# Usage: supervise-host.sh LAB NAME
# Stands for the hardware of one host: its disk, its power and its network cable. Runs in mount
# and process namespaces of its own (see start-host.sh) and ends by being killed.
# Switches that others may set in LAB/NAME: dark-seconds, change-host-key, never-return.
set -euo pipefail
. "$(dirname "$0")/lab.sh"
lab=$1 name=$2
host=$lab/$name
disk=$host/disk
address=$(cat "$host/address")

mount_disk() {
  mkdir "$disk"
  mount -t tmpfs -o size=1g,mode=755 disk "$disk"
  mkdir "$disk/upper" "$disk/work" "$disk/root"
  mount -t overlay overlay -o "lowerdir=$lab/images/$(cat "$host/kind"),upperdir=$disk/upper,workdir=$disk/work" "$disk/root"
}

make_host_key() {
  rm -f "$disk/root/etc/ssh/ssh_host_"*
  ssh-keygen -q -t ed25519 -N '' -C "$name" -f "$disk/root/etc/ssh/ssh_host_ed25519_key"
  cp "$disk/root/etc/ssh/ssh_host_ed25519_key.pub" "$host/host-key.pub"
}

prepare() {
  echo "$name" > "$disk/root/etc/hostname"
  printf '127.0.0.1 localhost\n%s %s\n' "$address" "$name" > "$disk/root/etc/hosts"
  tr -d - < /proc/sys/kernel/random/uuid > "$disk/root/etc/machine-id"
  printf 'ListenAddress %s\nPort %s\nUseDNS no\n' "$address" "$(cat "$host/port")" > "$disk/root/etc/ssh/sshd_config.d/lab.conf"
  install -m 600 "$lab/id_ed25519.pub" "$disk/root/root/.ssh/authorized_keys"
  install -m 600 "$lab/id_ed25519.pub" "$disk/root/home/patch/.ssh/authorized_keys"
  chroot "$disk/root" chown patch:patch /home/patch/.ssh/authorized_keys
  # Word splitting is meant: one name a line.
  chroot "$disk/root" /usr/local/sbin/enable-repository $(cat "$host/repositories")
  make_host_key
}

# Runs until the host powers off or reboots; status 133 means reboot.
boot() (
  local hierarchy boottime monotonic
  for hierarchy in $(hierarchies); do echo 0 > "$hierarchy/$(cgroup_name "$lab" "$name")/cgroup.procs"; done
  # A time namespace that begins now, so that uptime and /proc/stat speak of this boot.
  read -r boottime monotonic < <(perl -MTime::HiRes=clock_gettime,CLOCK_BOOTTIME,CLOCK_MONOTONIC \
    -e 'printf "%d %d\n", clock_gettime(CLOCK_BOOTTIME), clock_gettime(CLOCK_MONOTONIC)')
  # Newer systemd knows the v2 hierarchy alone; without this nspawn offers what the machine itself has.
  export SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1
  exec unshare --time --boottime "-$boottime" --monotonic "-$monotonic" \
    systemd-nspawn --quiet --boot --register=no --keep-unit --directory="$disk/root" --machine="$name" \
    --link-journal=no --resolv-conf=off --timezone=off --console=read-only
)

unplug() { nft add element inet "$(nft_table "$lab")" down "{ $address }"; }
plug() { nft delete element inet "$(nft_table "$lab")" down "{ $address }"; }

mount_disk
prepare
while true; do
  status=0
  boot || status=$?
  unplug
  if [ -e "$host/never-return" ]; then
    echo "the host stays down (status $status)"
    exec sleep infinity
  fi
  if [ "$status" -ne 133 ]; then
    echo "the host is off (status $status) until somebody makes the file power-on"
    until [ -e "$host/power-on" ]; do sleep 0.2; done
    rm "$host/power-on"
    plug
    continue
  fi
  sleep "$(cat "$host/dark-seconds")"
  if [ -e "$host/change-host-key" ]; then
    make_host_key
    rm "$host/change-host-key"
  fi
  echo $(($(cat "$host/reboots") + 1)) > "$host/reboots"
  plug
done
