# Scan with dnf, version 4 or 5.

dnf_scan() {
  # Asked by anyone but root, dnf leaves a log in his home directory, if there is one.
  if [ "$(id -u)" -ne 0 ] && need_scratch; then export XDG_STATE_HOME="$scratch"; fi
  version=$(dnf --version 2> /dev/null | head -n 1 | sed 's/^dnf5 version //')
  record fact package-manager "dnf $version"
  cache=/var/cache/dnf
  everything=--disableexcludes=all
  fetching=--setopt=exit_on_lock=True
  case $version in
    5.*)
      cache=/var/cache/libdnf5
      everything=--setopt=disable_excludes=*
      # needs-restarting asks for the lists of files, which nothing else would have stored.
      fetching=--setopt=optional_metadata_types=filelists
      process=$(lock_holder $dnf5_locks)
      [ -z "$process" ] || fault LOCKED "another dnf holds the lock: process $process" ;;
  esac
  if [ -n "$sources" ]; then
    dnf_sources
    cache=$source_cache
  fi
  repositories=$(dnf -q $dnf_only repolist --enabled 2> /dev/null | awk 'NR > 1 { print $1 }')
  [ -n "$repositories" ] ||
    fault METADATA "dnf finds no repository that is switched on among $(complained_of '' repositories). $(remedy 'See /etc/yum.repos.d on the server')"
  if [ "$1" = refresh ]; then dnf_refresh; fi
  allowed=$(dnf_upgrades) || dnf_fault "$allowed" "$?"
  all=$allowed
  if dnf_has_excludes; then
    all=$(dnf_upgrades "$everything") || dnf_fault "$all" "$?"
  fi
  rpm_packages
  dnf_available
  set -- "$cache"/*/repodata/*updateinfo.xml*
  [ -e "$1" ] && advisories "$(printf '%s\n' "$all" | awk -F'|' 'NF == 7 { print $1 "." $5 }' | sort -u)" "$@"
  dnf_metadata_age
  dnf_vote
}

# Repositories that are allowed to be away would make a scan silently incomplete. dnf 5 obeys its options
# one by one: what is said of the cache must come before the word that marks all of a cache as old.
dnf_refresh() {
  said=$(timeout 600 dnf -q $dnf_only --refresh "$fetching" '--setopt=*.skip_if_unavailable=0' makecache 2>&1)
  case $? in
    0) ;;
    124) fault METADATA 'dnf did not fetch the metadata of its repositories within 10 minutes' ;;
    200) fault LOCKED "another dnf holds the lock: $(last_words "$said")" ;;
    *) dnf_fault "$said" ;;
  esac
}

# dnf 5 waits for a lock; who may not see its holder learns of it by the time that has passed.
dnf_fault() {
  [ "${2:-}" != 124 ] || fault LOCKED 'dnf did not answer within 5 minutes; another dnf may hold the lock'
  fault METADATA "dnf cannot read $(complained_of "$1" repositories): $(last_words "$1"). $(remedy "Try 'dnf makecache --refresh' on the server")"
}

# Every newer version in every repository, name|epoch|version|release|arch|repository|build time.
dnf_upgrades() {
  said=$(timeout 300 dnf -q -C $dnf_only "--setopt=cachedir=$cache" "$@" repoquery --upgrades \
    --qf '%{name}|%{epoch}|%{version}|%{release}|%{arch}|%{repoid}|%{buildtime}\n' 2>&1)
  code=$?
  printf '%s\n' "$said"
  return "$code"
}

dnf_has_excludes() {
  grep -qsE '^[[:space:]]*(exclude|excludepkgs|includepkgs)[[:space:]]*=' /etc/dnf/dnf.conf /etc/yum.repos.d/*.repo ${sources:+"$sources/repositories"/*} \
    /etc/dnf/libdnf5.conf.d/*.conf /usr/share/dnf5/libdnf.conf.d/*.conf /etc/dnf/repos.override.d/*.repo ||
    grep -qsE '^[[:space:]]*name[[:space:]]*=' /etc/dnf/versionlock.toml
}

# What excludes and version locks leave of a package is on offer; when they leave nothing, the
# package is held, and what it is held back from is shown. dnf 4 does not apply version locks to a
# query, so its list is read here: NAME-EPOCH:VERSION-RELEASE.ARCH, with wildcards, "!" forbids.
dnf_available() {
  locks=$(sed -n 's/^[[:space:]]*locklist[[:space:]]*=[[:space:]]*//p' /etc/dnf/plugins/versionlock.conf 2> /dev/null)
  {
    sed 's/#.*//; s/[[:space:]]//g; /^$/d' "${locks:-/etc/dnf/plugins/versionlock.list}" 2> /dev/null
    printf '%s\n' - "$allowed" - "$all"
  } | awk -F'|' '
    function as_regex(glob) {
      gsub(/[.+^$()]/, "\\\\&", glob)
      gsub(/[*]/, ".*", glob)
      gsub(/[?]/, ".", glob)
      return "^" glob "$"
    }
    function locked(   full, short, any, fits, i) {
      full = $1 "-" $2 ":" $3 "-" $4 "." $5
      short = $1 "-" $3 "-" $4 "." $5
      for (i = 1; i <= count; i++) {
        fits = full ~ pattern[i] || short ~ pattern[i]
        if (forbids[i] && fits) return 1
        if (!forbids[i] && name[i] == $1) {
          if (fits) return 0
          any = 1
        }
      }
      return any
    }
    $0 == "-" { part++; next }
    part == 0 {
      forbids[++count] = sub(/^!/, "")
      pattern[count] = as_regex($0)
      name[count] = $0
      if (!sub(/-[0-9*]+:.*/, "", name[count])) sub(/-[^-]*-[^-]*$/, "", name[count])
    }
    part == 1 && NF == 7 && !locked() { free[$1 "." $5] = 1; offered[$0] = 1 }
    part == 2 && NF == 7 && (!(($1 "." $5) in free) || $0 in offered) {
      printf "available\t%s\t%s:%s-%s\t%s\t%s\t0\t\t\t\t%s\n", $1, $2, $3, $4, $5, $6, $7
      if (!(($1 "." $5) in free) && !held[$1]++) print "hold\t" $1
    }'
}

# Caches of repositories that are switched off stay behind: only the enabled ones count. Of a
# repository that has not changed, dnf touches one file or another: the newest tells the age.
dnf_metadata_age() {
  set --
  for id in $repositories; do
    file=$(newest "$cache/$id"-*/repodata/*)
    [ -z "$file" ] || set -- "$@" "$file"
  done
  [ $# -eq 0 ] || metadata_age "$@"
}

# The exit status 1 also stands for errors, so the words decide.
dnf_vote() {
  said=$(dnf_reboot_hint)
  case $said in
    # Without the repositories it knows of some packages only: enough for a yes, not for a no.
    *'no cache for repository'*)
      part=$(dnf_reboot_hint '--disablerepo=*')
      case $part in *'Reboot is required'*) said=$part ;; esac ;;
  esac
  case $said in
    *'Reboot is required'*) record vote needs-restarting 1 needed "$(last_words "$said")" ;;
    *'not necessary'* | *'not be necessary'*) record vote needs-restarting 1 not-needed 'nothing since the boot' ;;
    *) record vote needs-restarting 1 abstained "$(last_words "$said")" ;;
  esac
}

# A program of that name beside dnf 5 may be dnf 4's, which reads other metadata.
dnf_reboot_hint() {
  case $version in
    5.*) dnf -q -C $dnf_only "--setopt=cachedir=$cache" "$@" needs-restarting 2>&1 ;;
    *) if has needs-restarting; then needs-restarting -r 2>&1; else dnf -q -C $dnf_only "--setopt=cachedir=$cache" needs-restarting -r 2>&1; fi ;;
  esac
}
