# What the changelogs say of apt's updates. An archive has no advisories: the entries that are newer
# than what is installed stand in, one advisory for each version on offer. A changelog that cannot be
# had in time is no fault: its updates then have none.

# An answer may take 10 seconds, all of them a minute; a site that twice stays silent is left alone.
apt_advisories() {
  end=$(($(date +%s) + 60))
  silent=0
  asked=
  apt_changes | while read -r source version security floors newest named; do
    if [ "$source" != "$asked" ]; then
      asked=$source
      entries=$(apt_changelog "$newest") || silent=$((silent + 1))
      [ "$silent" -lt 2 ] && [ "$(date +%s)" -lt "$end" ] || end=0
    fi
    [ -z "$entries" ] || apt_advisory
  done
}

# One line for each source version on offer, "SOURCE VERSION SECURITY FLOORS NEWEST NAMED...": the
# source versions, with commas between, that count as installed; the newest binary package of the
# source, as apt is asked for it; and the packages, each as NAME=VERSION=ARCH. Security comes first,
# and no more than 100 sources. What comes in new is measured by what is installed of its source.
apt_changes() {
  {
    printf '%s\n' "$packages"
    echo
    printf '%s\n' "$offers"
  } | awk -F'\t' '
    /^$/ { second = 1; next }
    !second && $4 == "installed" {
      floor[$1 "," $2] = floor[$1] = $7
      if (!known[$6 "," $7]++) floors[$6] = ($6 in floors) ? floors[$6] "," $7 : $7
    }
    second && $9 != "" && $11 != "" {
      from = ($2 "," $4) in floor ? floor[$2 "," $4] : $2 in floor ? floor[$2] : $9 in floors ? floors[$9] : "-"
      key = $9 " " $11 " " $6 " " from
      if (!($9 in newest)) {
        newest[$9] = $2 ($4 == "all" ? "" : ":" $4) "=" $3
        source[++sources] = $9
      }
      if ($6) secure[$9] = 1
      if (!(key in named)) keys[$9] = keys[$9] "\n" key
      named[key] = named[key] " " $2 "=" $3 "=" $4
    }
    function print_source(name,   i, count, part) {
      if (++printed > 100) return
      count = split(keys[name], part, "\n")
      for (i = 2; i <= count; i++) print part[i] " " newest[name] named[part[i]]
    }
    END {
      for (i = 1; i <= sources; i++) if (source[i] in secure) print_source(source[i])
      for (i = 1; i <= sources; i++) if (!(source[i] in secure)) print_source(source[i])
    }'
}

# The entries of a changelog, "VERSION URGENCY CVES TITLE|DATE", newest first; fails when apt did not
# answer in time.
apt_changelog() {
  left=$((end - $(date +%s)))
  [ "$left" -gt 0 ] || return 0
  text=$(timeout "$((left < 10 ? left : 10))" apt-get $apt_only -qq changelog "$1" 2> /dev/null < /dev/null)
  case $? in
    0) ;;
    124) return 1 ;;
    *) return 0 ;;
  esac
  printf '%s\n' "$text" | awk '
    /^[a-z0-9][-a-z0-9+.]* \([0-9A-Za-z][-0-9A-Za-z.+:~]*\) [-0-9A-Za-z.+ ]*;[-0-9A-Za-z=,; ]*$/ {
      version = substr($2, 2, length($2) - 2)
      title = $0
      urgency = cves = "-"
      if (match(tolower($0), /urgency=[a-z]+/)) urgency = substr(tolower($0), RSTART + 8, RLENGTH - 8)
      next
    }
    {
      rest = $0
      while (match(rest, /CVE-[0-9][0-9][0-9][0-9]-[0-9][0-9][0-9][0-9]+/)) {
        cve = substr(rest, RSTART, RLENGTH)
        rest = substr(rest, RSTART + RLENGTH)
        if (!seen[version "," cve]++) cves = (cves == "-" ? "" : cves ",") cve
      }
    }
    /^ -- / && version != "" {
      date = $0
      if (!sub(/^.*>  ?/, "", date) || date !~ /^[A-Z][a-z][a-z], +[0-9]+ [A-Z][a-z][a-z] [0-9]+ [0-9:]+ [-+][0-9]+ *$/) date = ""
      print version, urgency, cves, title "|" date
      version = ""
    }'
}

# Of several versions on offer each has the entries of the older ones, too: it brings their fixes.
apt_advisory() {
  chosen=$(printf '%s\n' "$entries" | {
    inside=
    while read -r entry rest; do
      [ "$entry" != "$version" ] || inside=1
      [ -n "$inside" ] || continue
      apt_is_news "$entry" || break
      printf '%s %s\n' "$entry" "$rest"
    done
  })
  [ -n "$chosen" ] || return 0
  written=$(printf '%s\n' "$chosen" | sed -n '1s/.*|//p')
  [ -z "$written" ] || written=$(date -u -d "$written" +%s 2> /dev/null)
  printf '%s\n' "$source $version $security ${written:--} $named" "$chosen" | awk '
    BEGIN { count = split("low medium high emergency critical", word, " ") }
    NR == 1 { head = $0; next }
    NR == 2 { title = $0; sub(/\|[^|]*$/, "", title); sub(/^[^ ]* [^ ]* [^ ]* /, "", title) }
    {
      for (i = 1; i <= count; i++) if ($2 == word[i] && i > rank) rank = i
      cves = split($3, cve, ",")
      for (i = 1; i <= cves; i++) if (cve[i] != "-" && !seen[cve[i]]++) fixed = fixed "cve\t" cve[i] "\n"
    }
    END {
      fields = split(head, field, " ")
      time = field[4] == "-" ? "" : field[4]
      printf "advisory\t%s-%s\t%s\t%s\t%s\t%s\t0\t%s\n", field[1], field[2], field[3] ? "security" : "", word[rank], time, time, title
      printf "%s", fixed
      for (i = 5; i <= fields; i++) {
        split(field[i], part, "=")
        print "package\t" part[1] "\t" part[2] "\t" part[3]
      }
    }'
}

# Where nothing of the source is installed, the version's own entry alone is news.
apt_is_news() {
  if [ "$floors" = - ]; then [ "$1" = "$version" ] && return; return 1; fi
  for floor in $(printf '%s' "$floors" | tr ',' ' '); do
    dpkg --compare-versions "$1" gt "$floor" 2> /dev/null || return 1
  done
}
