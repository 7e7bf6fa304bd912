#!/usr/bin/env bash
# Usage: open-lab.sh OWNER
# Opens a lab for the process OWNER and prints its folder. Labs whose owner has died without
# closing them are removed first.
set -euo pipefail
. "$(dirname "$0")/lab.sh"
owner=$1
mkdir -p "$labs"
images=$(bash "$here/build-images.sh")

exec 8> "$labs/lock"
flock 8
for lab in "$labs"/[0-9]*; do
  [ -d "$lab" ] || continue
  left=$(cat "$lab/owner" 2> /dev/null || true)
  [ -n "$left" ] && [ "$(identity_of "${left% *}")" = "$left" ] && continue
  close_lab "$lab"
done
number=1
while ! mkdir "$labs/$number" 2> /dev/null; do number=$((number + 1)); done
lab=$labs/$number
identity_of "$owner" > "$lab/owner"
ln -s "$images" "$lab/images"
ssh-keygen -q -t ed25519 -N '' -C lab -f "$lab/id_ed25519"
# Each systemd takes seven inotify instances; with Debian's 128 the seventeenth host hangs in boot.
limit=/proc/sys/fs/inotify/max_user_instances
[ "$(cat $limit)" -ge 4096 ] || echo 4096 > $limit
# A host that is down answers nothing at all, where a closed port would answer "refused".
nft -f - <<RULES
table inet $(nft_table "$lab") {
  set down { type ipv4_addr; }
  chain input {
    type filter hook input priority 0;
    ip daddr @down drop
  }
}
RULES
echo "$lab"
