# Usage: refresh|cached [NAME=BASE64]...     the sources that a baseline brings, see use_sources
# Prints what the host is, what is installed and what is on offer, as records:
#   patchway-scan VERSION               first
#   fact NAME VALUE
#   family dnf|apt|zypper
#   installed NAME VERSION ARCH TIME
#   available NAME VERSION ARCH REPOSITORY SECURITY PRIORITY SECTION SOURCE BUILT
#   hold PATTERN
#   advisory ID TYPE SEVERITY ISSUED UPDATED REBOOT TITLE, then its cve, bugzilla and package records
#   vote DETECTOR DECISIVE needed|not-needed|abstained DETAIL
#   metadata-age SECONDS
#   fault KIND TEXT
#   end                                 last: without it the answer is incomplete
# With "cached" nothing on the host is changed and no root is needed. Sources that were never fetched are
# fetched even so, to be forgotten again.
main() {
  record patchway-scan 1
  case ${1:-} in refresh | cached) ;; *) fault BAD_ANSWER 'the scan was started with wrong arguments' ;; esac
  manager=$(package_manager)
  [ "$manager" != none ] ||
    fault UNSUPPORTED "neither dnf, apt nor zypper is on this host ($(os_release PRETTY_NAME))"
  record family "$manager"
  host_facts
  mode=$1
  shift
  [ $# -eq 0 ] || scan_sources "$@"
  "${manager}_scan" "$mode"
  if [ -n "$sources" ] && [ "$mode" = refresh ]; then : > "$source_cache/fetched"; fi
  kernel_vote
  record end
}

scan_sources() {
  need_scratch && use_sources "$scratch/sources" "$@" ||
    fault NO_SPACE 'the sources of the baseline cannot be written to /var/tmp; is the disk full or read-only?'
  if [ "$mode" = refresh ]; then
    keep_metadata || fault NO_SPACE 'cannot write to /var/cache/patchway; is the disk full or read-only?'
  elif metadata_is_kept; then
    source_cache=$stored
  else
    source_cache=$scratch/cache
    mode=refresh
  fi
}

main "$@" < /dev/null
