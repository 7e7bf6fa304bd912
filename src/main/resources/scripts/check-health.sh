# Usage: SECONDS PROGRAM ARGUMENT...
# Runs the program, without a shell, for at most so long. Prints
#   patchway-health VERSION
#   status STATUS                124: it took too long
#   said LINE                    the last lines of what it said
#   end
main() {
  record patchway-health 1
  limit=$1
  shift
  said=$(
    {
      timeout -k 5 "$limit" "$@" 2>&1 < /dev/null
      printf '\n%s' "$?"
    } | tail -c 2000
  )
  record status "${said##*
}"
  printf '%s\n' "${said%
*}" | tr -d '\000-\010\013-\037\177' | awk 'NF { print "said\t" $0 }' | tail -n 5
  record end
}

main "$@"
