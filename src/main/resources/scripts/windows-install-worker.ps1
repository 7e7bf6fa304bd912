# From its run directory, which has the file "plan"; runs as the system. Leaves behind
#   started   process id, its start time and the boot id; made first, and only once
#   log       what is done
#   results   KB, update id, result code (0 to 5), HRESULT, 1 for a reboot, and the title of each update; tabs between
#   exit      the exit status; made last
# Lines of the plan: update:KB=ID,ID... Updates are installed one by one, so that one does not sink the others.
$directory = Split-Path -Parent $MyInvocation.MyCommand.Path
$results = Join-Path $directory 'results'
$log = Join-Path $directory 'log'

# Whether the line could be appended; whoever reads the file, such as a virus scanner, may be in the way for a while.
function Add-Line($File, $Line) {
  for ($attempt = 0; $attempt -lt 10; $attempt++) {
    try {
      [IO.File]::AppendAllText($File, "$Line`r`n", $utf8)
      return $true
    } catch {
      Start-Sleep -Milliseconds 200
    }
  }
  $false
}

# A line that cannot be written is lost: what is done for an update does not depend on it.
function Write-Log($Text) {
  $line = ([string] $Text) -replace '[\x00-\x1f\x7f]', ' '
  $null = Add-Line $log "$([datetime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ', $invariant)) $line"
}

function Write-Result($Kb, $Id, $Code, $HResult, $Reboot, $Title) {
  $fields = foreach ($field in $Kb, $Id, [int] $Code, (Format-HResult $HResult), [int] [bool] $Reboot, $Title) {
    ([string] $field) -replace '[\x00-\x1f\x7f]', ' '
  }
  if (-not (Add-Line $results ([string]::Join("`t", @($fields))))) { Write-Log "$Kb has a result that cannot be written" }
}

# Exactly one worker of an operation gets this file.
function Enter-Work {
  $me = Get-CimInstance -ClassName Win32_Process -Filter "ProcessId=$PID"
  $line = '{0} {1} {2}' -f $PID, $me.CreationDate.ToUniversalTime().Ticks, (Get-BootId)
  $bytes = $utf8.GetBytes($line)
  try {
    $file = New-Object IO.FileStream ((Join-Path $directory 'started'), [IO.FileMode]::CreateNew)
  } catch {
    exit 0
  }
  $file.Write($bytes, 0, $bytes.Length)
  $file.Dispose()
}

# KB by update id.
function Read-Plan {
  $wanted = @{}
  foreach ($line in Get-Lines (Join-Path $directory 'plan')) {
    if ($line -cnotmatch '^update:([A-Za-z0-9-]{1,64})=([0-9a-f-]{36}(?:,[0-9a-f-]{36})*)$') { return $null }
    foreach ($id in $Matches[2].Split(',')) { $wanted[$id] = $Matches[1] }
  }
  $wanted
}

function Wait-ForOthers($Installer) {
  for ($attempt = 0; $attempt -lt 60 -and $Installer.IsBusy; $attempt++) { Start-Sleep -Seconds 10 }
  -not $Installer.IsBusy
}

# 0 when the update is in place, whether or not it waits for a reboot.
function Install-Update($Session, $Update, $Kb) {
  $id = $Update.Identity.UpdateID
  $one = New-Object -ComObject Microsoft.Update.UpdateColl
  $null = $one.Add($Update)
  if ($Update.InstallationBehavior.CanRequestUserInput) {
    Write-Result $Kb $id 0 0x80240020 $false $Update.Title
    Write-Log "$Kb cannot be installed without somebody at the console"
    return 1
  }
  if (-not $Update.EulaAccepted) { $Update.AcceptEula() }
  if (-not $Update.IsDownloaded) {
    Write-Log "$Kb downloading: $($Update.Title)"
    $downloader = $Session.CreateUpdateDownloader()
    $downloader.Updates = $one
    $download = $downloader.Download()
    if (2, 3 -notcontains $download.ResultCode) {
      $trouble = $download.GetUpdateResult(0).HResult
      Write-Result $Kb $id $download.ResultCode $trouble $false $Update.Title
      Write-Log "$Kb download failed: result code $($download.ResultCode), $(Format-HResult $trouble)"
      return 1
    }
  }
  Write-Log "$Kb installing: $($Update.Title)"
  $installer = $Session.CreateUpdateInstaller()
  $installer.Updates = $one
  $installer.AllowSourcePrompts = $false
  $installer.ForceQuiet = $true
  $result = $installer.Install().GetUpdateResult(0)
  Write-Result $Kb $id $result.ResultCode $result.HResult $result.RebootRequired $Update.Title
  Write-Log "$Kb result code $($result.ResultCode), $(Format-HResult $result.HResult), reboot $($result.RebootRequired)"
  if (2, 3 -contains $result.ResultCode) { return 0 }
  1
}

# 0 all in place, 1 not all, 64 a wrong plan, 75 stopped as asked, 76 another installer is at work.
function Invoke-Plan {
  $wanted = Read-Plan
  if ($null -eq $wanted) {
    Write-Log 'the plan has characters that no plan has'
    return 64
  }
  $session = New-Object -ComObject Microsoft.Update.Session
  $session.ClientApplicationID = 'Patchway'
  if (-not (Wait-ForOthers $session.CreateUpdateInstaller())) {
    Write-Log 'another installer has been at work for ten minutes'
    return 76
  }
  $found = $session.CreateUpdateSearcher().Search("IsInstalled=0 and Type='Software' and IsHidden=0").Updates
  $status = 0
  foreach ($update in $found) {
    $id = $update.Identity.UpdateID
    if (-not $wanted.ContainsKey($id)) { continue }
    if (Test-Path -LiteralPath (Join-Path $directory 'stop')) {
      Write-Log 'stopped as asked, between two updates'
      return 75
    }
    $kb = $wanted[$id]
    $wanted.Remove($id)
    try {
      if ((Install-Update $session $update $kb) -ne 0) { $status = 1 }
    } catch {
      $status = 1
      Write-Result $kb $id 4 (Get-Cause $_).HResult $false $update.Title
      Write-Log "$kb failed: $(Format-Trouble $_)"
    }
  }
  foreach ($id in $wanted.Keys) { Write-Log "$($wanted[$id]) is not offered any more ($id)" }
  $status
}

Enter-Work
$status = 1
try {
  $status = Invoke-Plan
} catch {
  Write-Log "failed: $(Format-Trouble $_)"
}
$exit = Join-Path $directory 'exit'
[IO.File]::WriteAllText("$exit.new", "windows $status", $utf8)
[IO.File]::Move("$exit.new", $exit)
Unregister-ScheduledTask -TaskName "Patchway-$(Split-Path -Leaf $directory)" -Confirm:$false -ErrorAction SilentlyContinue
