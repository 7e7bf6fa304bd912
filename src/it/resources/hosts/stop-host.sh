#!/usr/bin/env bash
# Usage: stop-host.sh LAB NAME
# Takes a host away with everything it had. Harmless when there is none.
set -euo pipefail
. "$(dirname "$0")/lab.sh"
stop_host "$1" "$2"
