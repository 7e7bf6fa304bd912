# Scan with apt.

apt_scan() {
  record fact package-manager "$(apt-get --version | sed -n '1s/^\(apt [^ ]*\).*/\1/p')"
  if [ -n "$sources" ]; then apt_sources; fi
  if [ "$1" = refresh ]; then apt_refresh; fi
  archives=$(apt-cache $apt_only policy)
  case $archives in
    *Packages*) ;;
    *) fault METADATA "apt has no package lists of $(complained_of '' archives). $(remedy "See /etc/apt/sources.list and run 'apt-get update' on the server")" ;;
  esac
  format='${Package}\t${Architecture}\t${Version}\t${db:Status-Status}\t${db:Status-Want}\t${source:Package}\t${source:Version}\n'
  packages=$(dpkg-query -W -f "$format") ||
    fault METADATA "dpkg's package database cannot be read: dpkg-query failed"
  apt_installed
  printf '%s\n' "$packages" | awk -F'\t' '$5 == "hold" { print "hold\t" $1 }'
  plan=$(apt-get $apt_only -s -o Debug::NoLocking=1 dist-upgrade 2>&1) ||
    fault METADATA "apt cannot work out its updates: $(last_words "$plan"). Try 'apt-get -s dist-upgrade' on the server"
  apt_available
  if [ "$1" = refresh ]; then apt_advisories; fi
  apt_metadata_age
  apt_votes
}

# A source that is down is only a warning to apt unless it is told otherwise.
apt_refresh() {
  said=$(timeout 600 apt-get $apt_only -qq -o APT::Update::Error-Mode=any update 2>&1)
  code=$?
  case $said in
    *'Could not get lock'*) fault LOCKED "apt's lists are locked: $(last_words "$said")" ;;
    *'Failed to fetch'* | *'failed to download'* | *'is not valid'*) code=100 ;;
  esac
  [ "$code" -eq 0 ] ||
    fault METADATA "apt cannot fetch $(complained_of "$said" 'package lists'): $(last_words "$said"). $(remedy "Try 'apt-get update' on the server")"
}

# What dpkg was interrupted in is not installed: it counts as older than anything, so that it is missing.
# A package's list of files is written when it is installed: its time is the time of the install.
apt_installed() {
  {
    find /var/lib/dpkg/info -name '*.list' -printf '%f\t%T@\n'
    echo
    printf '%s\n' "$packages"
  } | awk -F'\t' '
    /^$/ { second = 1; next }
    !second { name = $1; sub(/\.list$/, "", name); time[name] = int($2); next }
    $4 ~ /^(unpacked|half-)/ { print "installed\t" $1 "\t0~interrupted\t" $2 "\t" }
    $4 == "installed" {
      when = ($1 in time) ? time[$1] : (($1 ":" $2) in time) ? time[$1 ":" $2] : ""
      print "installed\t" $1 "\t" $3 "\t" $2 "\t" when
    }'
}

# The versions on offer are those of apt's own policy, up to the one that it would take; versions
# with a lower pin (backports) come in only when the candidate has such a pin, too. Which source
# has a version tells the archive's label and suite. "offers" are the records, each followed by the
# version of the source package.
apt_available() {
  offers=
  new=$(printf '%s\n' "$plan" | awk '$1 == "Inst" && $3 !~ /^\[/ { print $2 }')
  names=$(printf '%s\n' "$packages" | awk -F'\t' '$4 ~ /^(installed|unpacked|half-)/ { print $2 == "all" ? $1 : $1 ":" $2 }')
  policy=$(printf '%s\n' $names $new | xargs apt-cache $apt_only policy 2> /dev/null)
  chosen=$({
    printf '%s\n' "$packages" | awk -F'\t' '$4 ~ /^(unpacked|half-)/ { print "interrupted " ($2 == "all" ? $1 : $1 ":" $2) "\ninterrupted " $1 }'
    printf '%s\n-\n' "$archives"
    printf '%s\n' "$plan" | sed -n 's/^Inst \([^ ]*\) .*/Inst \1/p'
    echo '-'
    printf '%s\n' "$policy"
  } | awk '
    $0 == "-" { part++; next }
    part == 0 && $1 == "interrupted" { interrupted[$2] = 1 }
    part == 0 && $NF == "Packages" { source = $0; sub(/^ *-?[0-9]+ /, "", source) }
    part == 0 && $1 == "release" { release[source] = $0 }
    part == 1 { planned[$2] = 1 }
    part == 2 && /^[^ ]/ { name = $0; sub(/:$/, "", name); wanted = open = 0 }
    part == 2 && $1 == "Installed:" { fresh = $2 == "(none)" }
    part == 2 && $1 == "Candidate:" { candidate = $2 }
    part == 2 && /^( \*\*\*|    ) [^ ]/ { # newest first; the stars mark the installed one
      if ($1 == "***") { wanted = name in interrupted; open = 0; version = $2; next }
      if ($1 == candidate) { open = 1; floor = $2 < 500 ? $2 : 500 }
      wanted = open && $2 >= floor && (!fresh || $1 == candidate) && (!/phased/ || name in planned)
      version = $1
    }
    part == 2 && /^        / && $NF == "Packages" {
      if (!wanted) next
      source = $0
      sub(/^ *-?[0-9]+ /, "", source)
      label = suite = ""
      count = split(release[source], pairs, /[ ,]/)
      for (i = 1; i <= count; i++) {
        if (pairs[i] ~ /^l=/) label = substr(pairs[i], 3)
        if (pairs[i] ~ /^a=/) suite = substr(pairs[i], 3)
      }
      wanted = 0
      print name "=" version "\t" label "\t" suite
    }')
  if [ -z "$chosen" ]; then
    case $plan in
      *'
Inst '* | 'Inst '*) fault METADATA "apt plans updates, but does not tell their versions. Try 'apt-cache policy' on the server" ;;
    esac
    return
  fi
  offers=$({
    printf '%s\n-\n' "$chosen"
    printf '%s\n' "$chosen" | cut -f1 | xargs apt-cache $apt_only show 2> /dev/null
    echo
  } | awk '
    $0 == "-" && !second { second = 1; next }
    !second { split($0, part, "\t"); key = part[1]; sub(/:[^=]*=/, "=", key); label[key] = part[2]; suite[key] = part[3]; next }
    /^Package: / { name = $2 }
    /^Version: / { version = $2 }
    /^Architecture: / { arch = $2 }
    /^Priority: / { priority = $2 }
    /^Section: / { section = $2 }
    /^Source: / { source = $2; sourced = $3; gsub(/[()]/, "", sourced) }
    /^$/ && name != "" {
      key = name "=" version
      if (key in label && !done[key "," arch]++) {
        security = (label[key] ~ /[Ss]ecurity/ || suite[key] ~ /[Ss]ecurity/) ? 1 : 0
        print "available\t" name "\t" version "\t" arch "\t" label[key] ":" suite[key] "\t" security "\t" priority "\t" section "\t" (source == "" ? name : source) "\t\t" (sourced == "" ? version : sourced)
      }
      name = version = arch = priority = section = source = sourced = ""
    }')
  printf '%s\n' "$offers" | cut -f 1-10
}

# apt empties this folder whenever it updates its lists.
apt_metadata_age() {
  set -- /var/lib/apt/periodic/update-success-stamp /var/lib/apt/lists/partial /var/lib/apt/lists
  [ -z "$sources" ] || set -- "$source_cache/lists/partial"
  for file in "$@"; do
    if [ -e "$file" ]; then
      metadata_age "$file"
      return
    fi
  done
}

# The mark is left by a hook of the kernel packages; without the hook its absence says nothing.
apt_votes() {
  if [ -e /run/reboot-required ]; then
    record vote reboot-required 1 needed "$(sort -u /run/reboot-required.pkgs 2> /dev/null | tr '\n' ' ' | cut -c 1-300)"
  elif [ -e /usr/share/update-notifier/notify-reboot-required ] || [ -e /etc/kernel/postinst.d/unattended-upgrades ]; then
    record vote reboot-required 1 not-needed 'no mark in /run'
  else
    record vote reboot-required 1 abstained 'no mark in /run, and no hook that would leave one'
  fi
}
