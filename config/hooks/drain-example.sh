# A hook: a POSIX shell script that runs as root on a server around the install of a command with the document
# AWS-RunPatchBaselineWithHooks. Each file NAME.sh in this folder is one (at most 16 KiB), read when Patchway starts;
# commands and tasks of maintenance windows call it NAME:
#   PreInstallHookDocName    before the first install of a run; a status other than 0 fails the run, nothing is installed
#   PostInstallHookDocName   after each install that installed something, before a reboot; if the last one failed, a run
#                            that would have succeeded is PARTIAL
#   OnExitHookDocName        once at the end, however the run went; its status is told and changes no verdict
# A hook has ten minutes. What it prints is in the time line of the run. A scan runs no hooks.
#
# This example does nothing; copy it under another name and fill it in:
#   curl -fsS -X POST "http://balancer.example.com/drain/$(hostname)"
exit 0
