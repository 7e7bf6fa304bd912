# Usage: SECONDS PROGRAM ARGUMENT...
# Runs the program, without a shell, for at most so long. Prints
#   patchway-health VERSION
#   status STATUS                124: it took too long
#   said LINE                    the last lines of what it said
#   end

# One word of a command line as CommandLineToArgvW reads it.
function ConvertTo-Word($Text) {
  $escaped = ([string] $Text) -replace '(\\*)"', '$1$1\"' -replace '(\\+)$', '$1$1'
  '"' + $escaped + '"'
}

Write-Record 'patchway-health' 1
$start = New-Object Diagnostics.ProcessStartInfo
$start.FileName = $Words[1]
$start.Arguments = [string]::Join(' ', @($Words | Select-Object -Skip 2 | ForEach-Object { ConvertTo-Word $_ }))
$start.UseShellExecute = $false
$start.CreateNoWindow = $true
$start.RedirectStandardInput = $true
$start.RedirectStandardOutput = $true
$start.RedirectStandardError = $true
$status = 127
$said = @()
try {
  $process = [Diagnostics.Process]::Start($start)
  $process.StandardInput.Close()
  $output = $process.StandardOutput.ReadToEndAsync()
  $errors = $process.StandardError.ReadToEndAsync()
  if ($process.WaitForExit([int] $Words[0] * 1000)) {
    $status = $process.ExitCode
    # A child that the program leaves behind may hold its output open.
    foreach ($stream in $output, $errors) { if ($stream.Wait(5000)) { $said += $stream.Result.Split("`n") } }
  } else {
    $process.Kill()
    $status = 124
  }
} catch {
  $said = @(Format-Trouble $_)
}
Write-Record 'status' $status
foreach ($line in @($said | Where-Object { $_.Trim() }) | Select-Object -Last 5) { Write-Record 'said' $line.Trim() }
Write-Record 'end'
