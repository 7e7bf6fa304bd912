# Prints patchway-host VERSION, what the host is as the facts of a scan, end. Asks no repository.
main() {
  record patchway-host 1
  host_facts
  record fact package-manager "$(package_manager)"
  record end
}

main < /dev/null
