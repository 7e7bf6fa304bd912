# What a scan tells about the host itself, whatever its package manager.

os_release() { (. /etc/os-release 2> /dev/null && eval "printf '%s' \"\${$1:-}\""); }

host_facts() {
  record fact hostname "$(uname -n)"
  record fact os-id "$(os_release ID)"
  record fact os-version "$(os_release VERSION_ID)"
  record fact os-name "$(os_release PRETTY_NAME)"
  record fact arch "$(uname -m)"
  record fact kernel "$(uname -r)"
  record fact boot-id "$(boot_id)"
  record fact uptime "$(cut -d. -f1 /proc/uptime)"
}

# Not decisive: in a container the kernel is another machine's.
kernel_vote() {
  kernel=$(ls /boot 2> /dev/null | sed -n 's/^vmlinu[xz]-//p; s/^Image-//p' | grep -v rescue | sort -V | tail -n 1)
  if [ -z "$kernel" ]; then
    record vote kernel 0 abstained 'no kernel in /boot'
  elif [ "$kernel" = "$(uname -r)" ]; then
    record vote kernel 0 not-needed "runs $kernel"
  else
    record vote kernel 0 needed "runs $(uname -r), newest is $kernel"
  fi
}

# Of several files the one that was written last.
newest() { ls -td "$@" 2> /dev/null | head -n 1; }

# Seconds since the oldest of the given files was written.
metadata_age() {
  oldest=$(stat -c %Y "$@" 2> /dev/null | sort -n | head -n 1)
  [ -z "$oldest" ] || record metadata-age $(($(date +%s) - oldest))
}

# Packages of an rpm host. The keys that rpm counts among its packages have no architecture.
rpm_packages() {
  rpm -qa --qf 'installed\t%{NAME}\t%{EPOCHNUM}:%{VERSION}-%{RELEASE}\t%{ARCH}\t%{INSTALLTIME}\n' 2> /dev/null |
    grep -v '^installed	gpg-pubkey	'
}

unpack() {
  case $1 in
    *.gz) gzip -dc "$1" ;;
    *.xz) xz -dc "$1" ;;
    *.bz2) bzip2 -dc "$1" ;;
    *.zst) zstd -dcq "$1" ;;
    *.zck) unzck --stdout "$1" ;;
    *.xml) cat "$1" ;;
    *) false ;;
  esac
}

# Several times the largest real one, unpacked. What goes on for longer is a bomb.
most_unpacked=536870912

# What comes in, up to the limit. The mark behind it stands apart from whatever was cut off.
within_limit() {
  head -c "$most_unpacked"
  [ "$(head -c 1 | wc -c)" -eq 0 ] || printf '><endless %s>' "$1"
}

# Advisories out of updateinfo.xml, for the packages (name.arch, one a line) in $1; the files follow.
# The tags are told apart by awk alone: not every host has a language with an XML parser. Each is a line that
# ends where the tag does, and no line is long. Entities are never expanded here.
advisories() {
  wanted=$1
  shift
  {
    printf '%s\n' "$wanted" | sed -n 's/..*/<wanted &>/p'
    for file in "$@"; do
      { unpack "$file" || printf '><broken %s>' "$file"; } | within_limit "$file"
    done
  } | tr '\n>' ' \n' | cut -b 1-65536 | awk '
    function text_of(string) {
      gsub(/[\001-\037]/, " ", string)
      return string
    }
    function attribute(name,   rest, quote, end) {
      if (!match($0, "[ \t\r\n]" name "[ \t\r\n]*=[ \t\r\n]*[\"\047]")) return ""
      quote = substr($0, RSTART + RLENGTH - 1, 1)
      rest = substr($0, RSTART + RLENGTH)
      end = index(rest, quote)
      return end ? text_of(substr(rest, 1, end - 1)) : ""
    }
    function package_named(   version) {
      inside = 1
      applies = (attribute("name") "." attribute("arch")) in wanted
      if (!applies) return
      version = attribute("epoch") ":" attribute("version") "-" attribute("release")
      sub(/^:/, "0:", version)
      packages = packages "package\t" attribute("name") "\t" version "\t" attribute("arch") "\n"
    }
    function reference_named() {
      if (attribute("type") == "cve") references = references "cve\t" attribute("id") "\n"
      if (attribute("type") == "bugzilla") references = references "bugzilla\t" attribute("id") "\n"
    }
    {
      start = index($0, "<")
      if (!start) next
      text = text_of(substr($0, 1, start - 1))
      tag = substr($0, start + 1)
      sub(/[ \t\r\n].*/, "", tag)
      closed = substr($0, length($0)) == "/"
      sub(/\/$/, "", tag)
    }
    tag == "wanted" { wanted[substr($0, start + 8)] = 1 }
    tag == "broken" { printf "fault\tMETADATA\t%s cannot be unpacked; install the program that unpacks it\n", substr($0, start + 8) }
    tag == "endless" { printf "fault\tMETADATA\t%s is larger than any real one when it is unpacked; the repository is not to be trusted\n", substr($0, start + 9) }
    tag == "update" {
      id = title = severity = issued = updated = packages = references = ""
      reboot = inside = 0
      type = attribute("type")
    }
    tag == "/id" { id = text }
    tag == "/title" { title = text }
    tag == "/severity" { severity = text }
    tag == "issued" { issued = attribute("date") }
    tag == "updated" { updated = attribute("date") }
    tag == "reference" { reference_named() }
    tag == "package" { package_named() }
    tag == "/package" { inside = 0 }
    tag == "/reboot_suggested" || (tag == "reboot_suggested" && closed) {
      if ((!inside || applies) && text !~ /^ *(0|[Ff]alse) *$/) reboot = 1
    }
    tag == "/update" && packages != "" {
      printf "advisory\t%s\t%s\t%s\t%s\t%s\t%d\t%s\n%s%s", id, type, severity, issued, updated, reboot, title, references, packages
    }'
}
