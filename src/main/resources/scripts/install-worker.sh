# Usage: sh worker, from its run directory, which has the file "plan". Leaves behind
#   started   process id, its start time and the boot id; made first, and only once
#   log       what the package manager said
#   exit      its exit status; made last
#   hook-OCCASION        exit status of a hook; empty from its beginning to its end
#   hook-OCCASION.log    what it said
# Lines of the plan: upgrade:NAME=VERSION=ARCH, install:NAME=VERSION=ARCH (not installed yet),
# block:PATTERN (may not come in, not even as a dependency), source:NAME=BASE64 (see use_sources),
# hook:OCCASION:NAME=BASE64 (a script that runs pre-install, post-install, or by itself: on-exit).

start_time() { sed 's/^.*) //' "/proc/$1/stat" 2> /dev/null | cut -d' ' -f20; }

# Somebody wants this install to end; it does so between two transactions.
stopped() { [ -e stop ] && say 'stopped as asked, between two transactions'; }

say() { printf 'patchway: %s\n' "$*"; }

planned() { sed -n "s/^$1://p" plan; }

# What of the plan is not there yet.
missing() {
  sed -n 's/^\(upgrade\|install\)://p' plan | while IFS='=' read -r name version arch; do
    is_installed "$name" "$version" "$arch" || printf '%s=%s=%s\n' "$name" "$version" "$arch"
  done
}

is_installed() {
  case $manager in
    apt) dpkg-query -W -f '${Version} ${db:Status-Status}\n' "$1:$3" 2> /dev/null | grep -qxF "$2 installed" ;;
    *) rpm -q --qf '%{EPOCHNUM}:%{VERSION}-%{RELEASE}\n' "$1.$3" 2> /dev/null | grep -qxF "$(full_version "$2")" ;;
  esac
}

# rpm's tools mean epoch 0 when there is none; naming it leaves no doubt.
full_version() { case $1 in *:*) printf '%s' "$1" ;; *) printf '0:%s' "$1" ;; esac; }

# The whole plan at once; when that fails, what is still missing one by one, so that one package
# does not sink the others. After five failures in a row the reason is not a package.
install_plan() {
  install_sources || return 64
  "${manager}_prepare"
  stopped && return 75
  "${manager}_all"
  code=$?
  [ "$code" -ne 0 ] || return 0
  case $manager-$code in dnf-200 | zypper-7 | zypper-103) return "$code" ;; esac
  left=$(missing)
  [ -n "$left" ] || return "$(settled "$code")"
  say "status $code; one by one, what is still missing"
  failures=0
  for item in $left; do
    [ "$failures" -lt 5 ] || break
    stopped && return 75
    name=${item%%=*} rest=${item#*=}
    say "$name ${rest%=*}"
    "${manager}_one" "$name" "${rest%=*}" "${rest#*=}"
    if is_installed "$name" "${rest%=*}" "${rest#*=}"; then failures=0; else failures=$((failures + 1)); fi
  done
  [ -z "$(missing)" ] || return "$code"
  return "$(settled "$code")"
}

# A failed hook before the install forbids it; the one after it runs when something was installed.
work() {
  if [ -n "$(planned hook:on-exit)" ]; then
    run_hook on-exit
    return 0
  fi
  run_hook pre-install || return 1
  if [ -z "$(planned hook:post-install)" ]; then
    install_plan
    return
  fi
  wanted=$(missing | wc -l)
  install_plan
  outcome=$?
  [ "$(missing | wc -l)" -ge "$wanted" ] || run_hook post-install
  return "$outcome"
}

# Usage: run_hook OCCASION
# Runs the hook of the plan for it, if there is one, from its own file, so long as ten minutes.
run_hook() {
  word=$(planned "hook:$1")
  [ -n "$word" ] || return 0
  say "hook ${word%%=*} ($1)"
  umask 077
  if ! { printf '%s' "${word#*=}" | base64 -d > "hook-$1.sh" && mkfifo "hook-$1.pipe" && : > "hook-$1"; }; then
    say 'the hook cannot be written down'
    return 1
  fi
  # Written as it comes: a daemon that the hook leaves behind may hold the pipe open for ever.
  {
    dd bs=512 count=4096
    cat > /dev/null
  } < "hook-$1.pipe" > "hook-$1.log" 2> /dev/null &
  hook_keeper=$!
  script=$PWD/hook-$1.sh
  limit=
  if has timeout; then limit='timeout -k 10 600'; fi
  (umask 022 && cd / && exec $limit sh "$script") > "hook-$1.pipe" 2>&1 < /dev/null
  ended=$?
  log_is_kept "$hook_keeper"
  rm -f "hook-$1.pipe"
  cat "hook-$1.log"
  say "hook ${word%%=*} ($1) ended with status $ended"
  echo "$ended" > "hook-$1.new"
  mv "hook-$1.new" "hook-$1"
  umask 022
  return "$ended"
}

# What a scan has fetched of the sources serves the install, too.
install_sources() {
  set -- $(planned source)
  [ $# -gt 0 ] || return 0
  if ! { use_sources "$PWD/sources" "$@" && keep_metadata; }; then
    say 'the sources of the baseline cannot be written down'
    return 1
  fi
  "${manager}_sources"
}

# The status when all of the plan is installed in the end: zypper's 100 and above are no errors.
settled() { if [ "$manager" = zypper ] && [ "$1" -ge 100 ]; then echo "$1"; else echo 0; fi; }

dnf_prepare() {
  case $(dnf --version 2> /dev/null | head -n 1) in
    dnf5*) dnf_locks=$dnf5_locks && set -- --setopt=best=0 --setopt=skip_broken=1 --setopt=skip_unavailable=1 ;;
    *) dnf_locks='' && set -- --setopt=best=0 --setopt=strict=0 --setopt=exit_on_lock=True ;;
  esac
  dnf_options="-y $* $dnf_only"
  for pattern in $(planned block); do dnf_options="$dnf_options --exclude=$pattern"; done
}

dnf_specs() {
  planned "$1" | while IFS='=' read -r name version arch; do
    printf '%s-%s.%s\n' "$name" "$(full_version "$version")" "$arch"
  done
}

# dnf 5 would wait for the other one for ever, where dnf 4 ends with this status.
dnf_all() {
  process=$(lock_holder $dnf_locks)
  if [ -n "$process" ]; then
    say "process $process holds the lock of dnf"
    return 200
  fi
  worst=0
  for verb in upgrade install; do
    specs=$(dnf_specs "$verb")
    [ -n "$specs" ] || continue
    stopped && return 75
    dnf $dnf_options "$verb" $specs || worst=$?
  done
  return "$worst"
}

dnf_one() {
  verb=upgrade
  grep -q "^install:$1=" plan && verb=install
  dnf $dnf_options "$verb" "$1-$(full_version "$2").$3"
}

# An interrupted dpkg is mended first: nothing else would work.
apt_prepare() {
  export DEBIAN_FRONTEND=noninteractive DEBIAN_PRIORITY=critical NEEDRESTART_SUSPEND=1 APT_LISTCHANGES_FRONTEND=none
  apt_options="$apt_only -q -y --no-remove -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold"
  apt_options="$apt_options -o DPkg::Lock::Timeout=300"
  [ -z "$sources" ] || metadata_is_kept || apt-get $apt_options update
  if [ -n "$(planned block)" ]; then
    {
      for pattern in $(planned block); do printf 'Package: %s\nPin: release *\nPin-Priority: -1\n\n' "$pattern"; done
      cat /etc/apt/preferences 2> /dev/null
    } > preferences
    apt_options="$apt_options -o Dir::Etc::Preferences=$PWD/preferences"
  fi
  if [ -n "$(dpkg --audit 2>&1)" ]; then
    say 'dpkg was interrupted before: mending it'
    dpkg --configure -a --force-confdef --force-confold
    apt-get $apt_options --fix-broken install
  fi
}

apt_spec() { case $3 in all) printf '%s=%s\n' "$1" "$2" ;; *) printf '%s:%s=%s\n' "$1" "$3" "$2" ;; esac; }

apt_all() {
  apt-get $apt_options install $(sed -n 's/^\(upgrade\|install\)://p' plan | while IFS='=' read -r name version arch; do
    apt_spec "$name" "$version" "$arch"
  done)
}

apt_one() { apt-get $apt_options install "$(apt_spec "$@")"; }

# Locks of this run alone: in a file of its own beside the host's, which stays as it is.
zypper_prepare() {
  export ZYPP_LOCK_TIMEOUT=300
  [ -z "$sources" ] || metadata_is_kept || zypper --non-interactive refresh
  [ -n "$(planned block)" ] || return 0
  {
    cat /etc/zypp/locks 2> /dev/null
    for pattern in $(planned block); do
      printf '\ntype: package\nmatch_type: glob\ncase_sensitive: on\nsolvable_name: %s\n' "$pattern"
    done
  } > locks
  {
    grep -v '^[[:space:]]*locksfile\.path' "${ZYPP_CONF:-/etc/zypp/zypp.conf}" 2> /dev/null || echo '[main]'
    echo "locksfile.path = $PWD/locks"
  } > zypp.conf
  export ZYPP_CONF="$PWD/zypp.conf"
}

zypper_install() { zypper --non-interactive --no-refresh install --auto-agree-with-licenses --no-recommends -- "$@"; }

zypper_all() {
  zypper_install $(sed -n 's/^\(upgrade\|install\)://p' plan | while IFS='=' read -r name version arch; do
    printf '%s.%s=%s\n' "$name" "$arch" "$version"
  done)
}

zypper_one() { zypper_install "$1.$3=$2"; }

# A package manager that cannot write cannot say so in its log either.
full_disk() {
  df -Pk /var /usr /boot 2> /dev/null |
    awk 'NR > 1 && $4 < 1024 { print "patchway: No space left on device: less than 1 MiB is free on " $6; exit }'
}

# Whoever sees the exit status may read the whole log: the reason of a failure is in its last lines.
# A daemon that a scriptlet leaves behind may hold the pipe open for ever; nobody waits for that.
log_is_kept() {
  attempts=0
  while kill -0 "$1" 2> /dev/null && [ "$attempts" -lt 50 ]; do
    attempts=$((attempts + 1))
    sleep 0.1
  done
}

strange_words() {
  grep -v '^\(source\|hook\):' plan | grep -q '[^A-Za-z0-9+._:~^=*-]' ||
    grep '^source:' plan | grep -qvx 'source:[A-Za-z0-9_.-]*=[A-Za-z0-9+/=]*' ||
    grep '^hook:' plan | grep -qvx 'hook:[a-z-]*:[A-Za-z0-9_.-]*=[A-Za-z0-9+/=]*'
}

# Nothing of the log is lost to a full disk, and no flood of it fills the disk.
main() {
  # Patterns in the plan are for the package manager; the shell must not look for files of that name.
  set -f
  cd "$(dirname "$0")" || exit 1
  umask 077
  printf '%s %s %s\n' "$$" "$(start_time $$)" "$(boot_id)" > "worker.$$"
  ln "worker.$$" started 2> /dev/null
  first=$?
  rm -f "worker.$$"
  [ "$first" -eq 0 ] || exit 0
  head -c 65536 /dev/zero > reserve
  manager=$(package_manager)
  mkfifo pipe
  {
    head -c 8388608
    cat > /dev/null
  } < pipe >> log &
  keeper=$!
  {
    if strange_words; then
      say 'the plan has characters that no package has'
      status=64
    else
      umask 022
      work
      status=$?
    fi
  } > pipe 2>&1 < /dev/null
  umask 077
  rm -f pipe reserve
  log_is_kept "$keeper"
  [ "$status" -eq 0 ] || full_disk >> log
  echo "$manager $status" > exit.new
  mv exit.new exit
}

main "$@"
