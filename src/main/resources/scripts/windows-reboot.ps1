# Usage: BOOT OPERATION
# Reboots, once for each operation, when the host still runs this boot. Prints
#   patchway-reboot VERSION
#   reboot started|told-before|other-boot
#   fault KIND TEXT
#   end

# Those of boots that are over say nothing any more.
function Remove-OldMarks($Boot) {
  Get-ChildItem -LiteralPath $home_folder -Directory -Filter 'reboot-*' |
    Where-Object { -not $_.Name.StartsWith("reboot-$Boot-") } | Remove-Item -Force -ErrorAction SilentlyContinue
}

Write-Record 'patchway-reboot' 1
$boot = $Words[0]
$operation = $Words[1]
Assert-BootId $boot 'the reboot was asked for'
Assert-OperationId $operation 'the reboot was asked for'
Assert-Administrator
Initialize-Folders
$mark = Join-Path $home_folder "reboot-$boot-$operation"
if ((Get-BootId) -cne $boot) {
  Write-Record 'reboot' 'other-boot'
} elseif (Test-Path -LiteralPath $mark) {
  Write-Record 'reboot' 'told-before'
} else {
  Remove-OldMarks $boot
  try {
    $null = New-Item -ItemType Directory -Path $mark
  } catch {
    Stop-WithFault 'NO_SPACE' "the mark of the reboot cannot be made in $home_folder; the host was not told to reboot"
  }
  # A few seconds later, so that this answer gets out; planned, after an update of the system.
  $said = & "$env:SystemRoot\System32\shutdown.exe" /r /t 5 /d p:2:17 /c 'Patchway: updates were installed' 2>&1
  # 1190: a shutdown is scheduled already.
  if (0, 1190 -notcontains $LASTEXITCODE) {
    Remove-Item -LiteralPath $mark -Force
    Stop-WithFault 'NOT_PERMITTED' "shutdown.exe ended with ${LASTEXITCODE}: $said"
  }
  Write-Record 'reboot' 'started'
}
Write-Record 'end'
