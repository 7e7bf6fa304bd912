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

# Nothing, or the kind and the text of the fault because of which the host does not reboot.
function Start-Reboot {
  $program = Join-Path $env:SystemRoot 'System32\shutdown.exe'
  # Up to PowerShell 5.1 what a program says on its error output would end the script here.
  $before = $ErrorActionPreference
  $ErrorActionPreference = 'Continue'
  try {
    # A few seconds later, so that this answer gets out; planned, after an update of the system.
    $said = & $program /r /t 5 /d p:2:17 /c 'Patchway: updates were installed' 2>&1
    $status = $LASTEXITCODE
  } catch {
    return 'NOT_PERMITTED', "shutdown.exe cannot be run: $(Format-Trouble $_)"
  } finally {
    $ErrorActionPreference = $before
  }
  if ($status -eq 0) { return }
  $words = [string]::Join(' ', @($said | ForEach-Object { ([string] $_).Trim() } | Where-Object { $_ }))
  # Scheduled or begun by somebody else: it may be one without a return, or far away, and may be called off.
  if (1190, 1115 -contains $status) {
    return 'LOCKED', "a shutdown that Patchway did not ask for is on its way (${status}) and was left as it is: $words"
  }
  'NOT_PERMITTED', "shutdown.exe ended with ${status}: $words"
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
  $kind, $refusal = Start-Reboot
  if ($kind) {
    Remove-Item -LiteralPath $mark -Force
    Stop-WithFault $kind $refusal
  }
  Write-Record 'reboot' 'started'
}
Write-Record 'end'
