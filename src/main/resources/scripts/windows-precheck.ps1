# Prints whether work could start on this host:
#   patchway-precheck VERSION
#   boot-id ID
#   uptime SECONDS
#   lock PROCESS NAME            only when another installer is at work
#   fault KIND TEXT
#   end

# Whether somebody holds the mutex of Windows Installer; that it is there says little, for its service keeps it open.
function Test-InstallerBusy {
  try {
    $mutex = [Threading.Mutex]::OpenExisting('Global\_MSIExecute')
  } catch {
    $cause = Get-Cause $_
    # There is no such mutex: nobody installs.
    if ($cause -is [Threading.WaitHandleCannotBeOpenedException]) { return $false }
    $kind = 'BAD_ANSWER'
    if ($cause -is [UnauthorizedAccessException]) { $kind = 'NOT_PERMITTED' }
    Stop-WithFault $kind "whether Windows Installer is at work cannot be told, its mutex cannot be opened: $(Format-Trouble $_)"
  }
  try {
    $free = $mutex.WaitOne(0)
  } catch {
    # Who held it ended without letting it go: with this error it is ours.
    if ((Get-Cause $_) -isnot [Threading.AbandonedMutexException]) { throw }
    $free = $true
  }
  if ($free) { $mutex.ReleaseMutex() }
  $mutex.Dispose()
  -not $free
}

function Write-Lock {
  foreach ($process in @(Get-Process -Name 'wusa' -ErrorAction SilentlyContinue)) {
    Write-Record 'lock' $process.Id $process.ProcessName
    return
  }
  if (-not (Test-InstallerBusy)) { return }
  $installer = Get-Process -Name 'msiexec' -ErrorAction SilentlyContinue | Select-Object -First 1
  Write-Record 'lock' $installer.Id 'msiexec'
}

Write-Record 'patchway-precheck' 1
Assert-Supported
Assert-Administrator
$service = Get-CimInstance -ClassName Win32_Service -Filter "Name='wuauserv'"
if (-not $service) { Stop-WithFault 'UNSUPPORTED' 'the service wuauserv (Windows Update) is not on this server' }
if ($service.StartMode -eq 'Disabled') {
  Stop-WithFault 'UNSUPPORTED' 'the service wuauserv (Windows Update) is disabled; set it to manual start'
}
Assert-OwnFolder
Write-Record 'boot-id' (Get-BootId)
Write-Record 'uptime' (Get-Uptime)
Write-Lock
$drive = Get-CimInstance -ClassName Win32_LogicalDisk -Filter "DeviceID='$env:SystemDrive'"
$free = [long] ($drive.FreeSpace / 1048576)
if ($free -lt 2048) {
  Stop-WithFault 'NO_SPACE' "only $free MiB are free on $env:SystemDrive, at least 2048 are needed; make room there"
}
Write-Record 'end'
