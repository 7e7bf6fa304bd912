# Prints patchway-boot VERSION, boot-id ID, end.
main() {
  record patchway-boot 1
  record boot-id "$(boot_id)"
  record end
}

main < /dev/null
