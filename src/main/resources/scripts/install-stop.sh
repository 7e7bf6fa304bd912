# Usage: OPERATION
# Has the worker of this operation end between two transactions of the package manager. Prints
#   patchway-install-stop VERSION
#   told yes|no                  no: nothing was ever started under this id
#   fault KIND TEXT
#   end
main() {
  record patchway-install-stop 1
  case ${1:-} in '' | *[!a-z0-9-]* | -*) fault BAD_ANSWER 'the install was stopped with a wrong operation id' ;; esac
  [ "$(id -u)" -eq 0 ] || fault NOT_PERMITTED 'the run directory needs root; allow the login to use sudo without a password'
  directory=/var/lib/patchway/runs/$1
  if ! [ -d "$directory" ]; then
    record told no
  elif : > "$directory/stop"; then
    record told yes
  else
    fault NO_SPACE "cannot write to $directory; is the disk full?"
  fi
  record end
}

main "$@" < /dev/null
