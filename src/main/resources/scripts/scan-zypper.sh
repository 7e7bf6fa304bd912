# Scan with zypper.

zypper_scan() {
  record fact package-manager "$(zypper --version)"
  cache=/var/cache/zypp
  if [ -n "$sources" ]; then
    zypper_sources
    cache=$source_cache
  fi
  if [ "$1" = refresh ]; then zypper_refresh; fi
  updates=$(zypper_ask list-updates) || zypper_fault "$updates"
  names=$(printf '%s\n' "$updates" | zypper_tags update name)
  locks=$(sed -n 's/^solvable_name:[[:space:]]*//p' /etc/zypp/locks 2> /dev/null)
  if [ -n "$locks" ]; then
    printf '%s\n' "$locks" | sed 's/^/hold\t/'
    # Locked packages are not among the updates; their versions are looked for all the same.
    names=$(printf '%s\n' "$names" "$locks")
  fi
  rpm_packages
  zypper_available
  set -- "$cache"/raw/*/repodata/*updateinfo.xml*
  [ -e "$1" ] && advisories "$wanted" "$@"
  zypper_metadata_age
  zypper_vote
}

zypper_ask() { timeout 300 zypper --non-interactive --no-refresh --xmlout "$@" 2>&1; }

# Only root may say "refresh"; where nothing is stored yet, zypper fetches it for anyone.
zypper_refresh() {
  if [ "$(id -u)" -eq 0 ]; then set -- refresh; else set -- list-updates; fi
  said=$(ZYPP_LOCK_TIMEOUT=60 timeout 600 zypper --non-interactive "$@" 2>&1)
  code=$?
  case $code in
    7) fault LOCKED "$(last_words "$said")" ;;
  esac
  case $said in *'have not been refreshed because of an error'* | *'Skipping repository'*) code=4 ;; esac
  [ "$code" -eq 0 ] || zypper_fault "$said"
}

zypper_fault() {
  fault METADATA "zypper cannot read $(complained_of "$1" repositories): $(last_words "$(printf '%s\n' "$1" | sed 's/<[^>]*>/ /g')"). $(remedy "Try 'zypper refresh' on the server")"
}

# The given attributes of all tags of one name, separated by tabs.
zypper_tags() {
  awk -v wanted="$1" -v names="${2}${3+ $3}${4+ $4}${5+ $5}${6+ $6}" '
    function attribute(name,   rest) {
      if (!match($0, "[ \t\r\n]" name "=\"")) return ""
      rest = substr($0, RSTART + RLENGTH)
      return substr(rest, 1, index(rest, "\"") - 1)
    }
    BEGIN { RS = ">"; count = split(names, name, " ") }
    {
      start = index($0, "<")
      tag = substr($0, start + 1)
      sub(/[ \t\r\n\/].*/, "", tag)
      if (!start || tag != wanted) next
      line = attribute(name[1])
      for (i = 2; i <= count; i++) line = line "\t" attribute(name[i])
      print line
    }'
}

# All versions of the packages that have an update; which are newer is for the reader to compare.
zypper_available() {
  wanted=
  [ -n "$names" ] || return
  solvables=$(printf '%s\n' "$names" | xargs zypper --non-interactive --no-refresh --xmlout search -s -t package --match-exact 2>&1) ||
    [ $? -eq 104 ] || zypper_fault "$solvables"
  found=$(printf '%s\n' "$solvables" | zypper_tags solvable status name edition arch repository | grep '^other-version' | cut -f 2-)
  [ -n "$found" ] || return
  printf '%s\n' "$found" | awk -F'\t' '{ print "available\t" $1 "\t" $2 "\t" $3 "\t" $4 "\t0\t\t\t\t" }'
  wanted=$(printf '%s\n' "$found" | awk -F'\t' '{ print $1 "." $3 }' | sort -u)
}

# The index has the time that its mirror gave it until zypper finds it unchanged and touches it; the
# cache that is made of new metadata has the time when they came.
zypper_metadata_age() {
  set --
  for alias in $(zypper_ask repos | zypper_tags repo alias enabled | sed -n 's/\t1$//p'); do
    file=$(newest "$cache/raw/$alias/repodata/repomd.xml" "$cache/solv/$alias/cookie")
    [ -z "$file" ] || set -- "$@" "$file"
  done
  [ $# -eq 0 ] || metadata_age "$@"
}

zypper_vote() {
  said=$(zypper --non-interactive needs-rebooting 2>&1)
  case $? in
    0) record vote zypper-needs-rebooting 1 not-needed "$(last_words "$said")" ;;
    102) record vote zypper-needs-rebooting 1 needed "$(last_words "$said")" ;;
    *) record vote zypper-needs-rebooting 1 abstained "$(last_words "$said")" ;;
  esac
}
