# Usage: OPERATION
# Has the worker of this operation end between two updates. Prints
#   patchway-install-stop VERSION
#   told yes|no                  no: nothing was ever started under this id
#   fault KIND TEXT
#   end
Write-Record 'patchway-install-stop' 1
$operation = $Words[0]
Assert-OperationId $operation 'the install was stopped'
Assert-Administrator
Assert-OwnFolder
$directory = Join-Path $runs $operation
if (Test-Path -LiteralPath $directory) {
  try {
    [IO.File]::WriteAllText((Join-Path $directory 'stop'), '')
  } catch {
    $kind = 'BAD_ANSWER'
    if (Test-DiskFull $_) { $kind = 'NO_SPACE' }
    Stop-WithFault $kind "cannot write to ${directory}: $(Format-Trouble $_)"
  }
  Write-Record 'told' 'yes'
} else {
  Write-Record 'told' 'no'
}
Write-Record 'end'
