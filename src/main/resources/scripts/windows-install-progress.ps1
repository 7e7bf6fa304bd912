# Usage: OPERATION
# Prints how the install of this operation stands:
#   patchway-install VERSION
#   state not-started|working|ended|interrupted
#   exit MANAGER STATUS                             only when ended
#   result KB ID CODE HRESULT REBOOT TITLE          of each update that was tried
#   log LINE                                        the last lines of its log
#   end
Write-Record 'patchway-install' 1
$operation = $Words[0]
Assert-OperationId $operation 'the progress was asked for'
Assert-Administrator
Assert-OwnFolder
$directory = Join-Path $runs $operation
if (-not (Test-Path -LiteralPath (Join-Path $directory 'started'))) {
  Write-Record 'state' 'not-started'
  Write-Record 'end'
  exit 0
}
# The order matters: a worker that ends between the two questions has left its exit status.
$state = 'interrupted'
if (Test-Alive $directory) { $state = 'working' }
$exit = @(Get-Lines (Join-Path $directory 'exit'))
if ($exit.Count -gt 0) { $state = 'ended' }
Write-Record 'state' $state
if ($state -ceq 'ended') {
  $manager, $status = $exit[0].Split(' ')
  Write-Record 'exit' $manager $status
}
foreach ($line in Get-Lines (Join-Path $directory 'results')) {
  $kb, $id, $code, $hresult, $reboot, $title = $line.Split("`t")
  Write-Record 'result' $kb $id $code $hresult $reboot $title
}
foreach ($line in @(Get-Lines (Join-Path $directory 'log')) | Select-Object -Last 400) { Write-Record 'log' $line }
Write-Record 'end'
