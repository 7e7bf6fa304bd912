# Repositories that a baseline brings. They take the place of the host's own for one scan or install,
# while the host's configuration, and what it has stored of its own repositories, stay as they are.

sources=
dnf_only=
apt_only=

# Usage: use_sources FOLDER NAME=BASE64...
# Writes each configuration into a file of its own below FOLDER, for nobody else's eyes: it may hold a
# password. What is stored of the same sources is always stored in the same place.
use_sources() {
  folder=$1
  shift
  case $manager in apt) form=list ;; *) form=repo ;; esac
  mask=$(umask)
  umask 077
  mkdir -p "$folder/repositories" || return
  number=10
  for word in "$@"; do
    number=$((number + 1))
    case ${word%%=*} in '' | *[!A-Za-z0-9_.-]*) return 1 ;; esac
    { printf '%s' "${word#*=}" | base64 -d && echo; } > "$folder/repositories/$number-${word%%=*}.$form" || return
  done
  umask "$mask"
  sources=$folder
  stored=/var/cache/patchway/$(printf '%s\n' "$@" | sha256sum | cut -c 1-16)
}

# Where the metadata of the sources is kept from one scan to the next; what nobody has fetched for
# a month goes.
keep_metadata() {
  umask 022
  source_cache=$stored
  find "${stored%/*}" -mindepth 1 -maxdepth 1 -mtime +30 -exec rm -rf {} + 2> /dev/null
  mkdir -p "$stored" && touch "$stored"
}

metadata_is_kept() { [ -r "$stored/fetched" ]; }

# Repositories may also stand in dnf's own configuration file.
dnf_sources() {
  dnf_only="--setopt=reposdir=$sources/repositories --setopt=cachedir=$source_cache"
  for id in $(sed -n 's/^[[:space:]]*\[\([A-Za-z0-9_.:-]*\)\].*/\1/p' /etc/dnf/dnf.conf 2> /dev/null); do
    [ "$id" = main ] || dnf_only="$dnf_only --disablerepo=$id"
  done
}

# Hooks of an update are about the host's own lists.
apt_sources() {
  mkdir -p "$source_cache/lists/partial" "$source_cache/archives/partial"
  cat > "$sources/apt.conf" << CONFIGURATION
Dir::Etc::SourceList "/dev/null";
Dir::Etc::SourceParts "$sources/repositories";
Dir::State::Lists "$source_cache/lists";
Dir::Cache "$source_cache";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
CONFIGURATION
  apt_only="-c $sources/apt.conf"
}

# Services of the host would bring its own repositories back.
zypper_sources() {
  mkdir -p "$sources/services"
  {
    grep -vE '^[[:space:]]*(reposdir|servicesdir|cachedir|metadatadir|solvfilesdir|packagesdir)[[:space:]]*=' \
      /etc/zypp/zypp.conf 2> /dev/null || echo '[main]'
    printf '%s\n' "reposdir = $sources/repositories" "servicesdir = $sources/services" "cachedir = $source_cache"
  } > "$sources/zypp.conf"
  export ZYPP_CONF="$sources/zypp.conf"
}

# What a complaint of the package manager is about: the repositories of the sources that it names by
# an id or address of theirs, or of all of them; without sources the host's own.
complained_of() {
  if [ -z "$sources" ]; then
    printf 'its %s' "$2"
    return
  fi
  all=
  named=
  for file in "$sources/repositories"/*; do
    name=${file##*/??-}
    name=${name%.*}
    all="$all, $name"
    if printf '%s\n' "$1" | grep -qwF -e "$(source_addresses "$file")"; then named="$named, $name"; fi
  done
  named=${named:-$all}
  printf "the %s of the baseline's source %s" "$2" "${named#, }"
}

# One a line: ids of repositories, or addresses of archives.
source_addresses() {
  sed -n 's/^\[\([^]]*\)\].*/\1/p; s/^[[:space:]]*deb[[:space:]]*\(\[[^]]*\]\)\{0,1\}[[:space:]]*\([^[:space:]]*[^/[:space:]]\).*/\2/p' "$1"
}

# What the operator can do about it: what is given, or for sources, what they need.
remedy() {
  if [ -z "$sources" ]; then
    printf '%s' "$1"
  else
    printf "The server's own repositories are not used: see whether it reaches the source, or correct the baseline"
  fi
}
