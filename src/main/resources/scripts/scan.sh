# Usage: refresh|cached
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
# With "cached" nothing on the host is changed and no root is needed.
main() {
  record patchway-scan 1
  case ${1:-} in refresh | cached) ;; *) fault BAD_ANSWER 'the scan was started with wrong arguments' ;; esac
  manager=$(package_manager)
  [ "$manager" != none ] ||
    fault UNSUPPORTED "neither dnf, apt nor zypper is on this host ($(os_release PRETTY_NAME))"
  record family "$manager"
  host_facts
  "${manager}_scan" "$1"
  kernel_vote
  record end
}

main "$@" < /dev/null
