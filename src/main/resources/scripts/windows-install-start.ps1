# Usage: OPERATION WORD...     the words are the lines of the plan, see the worker
# Starts the worker of this operation as a task of the system, unless it was ever started: the Windows Update
# Agent installs nothing for a remote session, and a task does not end with one. Prints
#   patchway-install-start VERSION
#   started yes|no               whether the worker has begun, now or before
#   fault KIND TEXT
#   end
function Start-Worker($Operation, $Directory) {
  $name = "Patchway-$Operation"
  $worker_file = Join-Path $Directory 'worker.ps1'
  $shell = Join-Path $env:SystemRoot 'System32\WindowsPowerShell\v1.0\powershell.exe'
  $arguments = "-NoProfile -NonInteractive -ExecutionPolicy Bypass -File `"$worker_file`""
  $action = New-ScheduledTaskAction -Execute $shell -Argument $arguments -WorkingDirectory $Directory
  $system = New-ScheduledTaskPrincipal -UserId 'S-1-5-18' -LogonType ServiceAccount -RunLevel Highest
  $settings = New-ScheduledTaskSettingsSet -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries `
    -ExecutionTimeLimit ([TimeSpan]::Zero) -MultipleInstances IgnoreNew -Priority 5
  if (-not (Get-ScheduledTask -TaskName $name -ErrorAction SilentlyContinue)) {
    $null = Register-ScheduledTask -TaskName $name -Action $action -Principal $system -Settings $settings `
      -Description "Patchway install $Operation"
  }
  Start-ScheduledTask -TaskName $name
}

# Those of a month ago.
function Remove-OldRuns {
  $limit = [datetime]::UtcNow.AddDays(-30)
  Get-ChildItem -LiteralPath $runs -Directory | Where-Object { $_.LastWriteTimeUtc -lt $limit } |
    Remove-Item -Recurse -Force -ErrorAction SilentlyContinue
}

Write-Record 'patchway-install-start' 1
$operation = $Words[0]
Assert-OperationId $operation 'the install was started'
Assert-Supported
Assert-Administrator
Initialize-Folders
$directory = Join-Path $runs $operation
$started = Join-Path $directory 'started'
try {
  Remove-OldRuns
  if (-not (Test-Path -LiteralPath $started)) {
    $null = New-Item -ItemType Directory -Path $directory -Force
    $plan = Join-Path $directory 'plan'
    # The first plan of an operation stays: whoever comes second with it has the same.
    if (-not (Test-Path -LiteralPath $plan)) {
      [IO.File]::WriteAllLines("$plan.new", [string[]] @($Words | Select-Object -Skip 1), $utf8)
      [IO.File]::Move("$plan.new", $plan)
    }
    [IO.File]::WriteAllText((Join-Path $directory 'worker.ps1'), $worker, $utf8)
    Start-Worker $operation $directory
  }
} catch {
  if (Test-DiskFull $_) { Stop-WithFault 'NO_SPACE' "cannot write to $directory; the disk is full" }
  Stop-WithFault 'BAD_ANSWER' "the task of the install cannot be started: $(Format-Trouble $_)"
}
for ($attempt = 0; $attempt -lt 300 -and -not (Test-Path -LiteralPath $started); $attempt++) { Start-Sleep -Milliseconds 100 }
if (Test-Path -LiteralPath $started) { Write-Record 'started' 'yes' } else { Write-Record 'started' 'no' }
Write-Record 'end'
