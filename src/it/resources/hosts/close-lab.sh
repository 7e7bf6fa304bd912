#!/usr/bin/env bash
# Usage: close-lab.sh LAB
# Stops all hosts of a lab and removes what the lab had on this machine.
set -euo pipefail
. "$(dirname "$0")/lab.sh"
close_lab "$1"
