# Shared by all scripts for Windows. Windows PowerShell 3 (Windows Server 2012) must understand them; they are
# plain ASCII and name no alias. Whatever varies comes in as $Words and is data: it is never part of a command.
param([string[]] $Words)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$Words = @($Words)
$utf8 = New-Object System.Text.UTF8Encoding $false
$invariant = [Globalization.CultureInfo]::InvariantCulture

# One record: its kind and its fields, separated by tabs. Control characters cannot break it. The bytes are
# written as they are: the code page of the console does not matter.
function Write-Record {
  $fields = foreach ($field in $args) { ([string] $field) -replace '[\x00-\x1f\x7f]', ' ' }
  $bytes = $utf8.GetBytes([string]::Join("`t", @($fields)) + "`n")
  $stdout.Write($bytes, 0, $bytes.Length)
  $stdout.Flush()
}
$stdout = [Console]::OpenStandardOutput()

# Ends the script with a fault that the operator can act on.
function Stop-WithFault($Kind, $Text) {
  Write-Record 'fault' $Kind $Text
  Write-Record 'end'
  exit 0
}

# What really went wrong: PowerShell wraps what a method throws in exceptions with a code of their own.
function Get-Cause($Trouble) {
  $exception = $Trouble.Exception
  while ($exception.InnerException) { $exception = $exception.InnerException }
  $exception
}

# An error with the code that Windows gave it, such as 0x8024402C.
function Format-Trouble($Trouble) {
  $cause = Get-Cause $Trouble
  '0x{0:X8} {1}' -f $cause.HResult, $cause.Message
}

# ERROR_DISK_FULL or ERROR_HANDLE_DISK_FULL; what comes over CIM has it in its error id alone.
function Test-DiskFull($Trouble) {
  if (0x80070070, 0x80070027 -contains (Get-Cause $Trouble).HResult) { return $true }
  $Trouble.FullyQualifiedErrorId -match '^HRESULT 0x800700(70|27)\b'
}

# A number that Windows gives as a signed one, as Microsoft writes it.
function Format-HResult($Number) { '0x{0:X8}' -f [int] $Number }

# Every boot of a machine has another one. The time of the last boot that Windows tells is computed from its
# clock and moves when the clock is set; the creation time of wininit.exe, which runs once in each boot and
# cannot be restarted, stays as it was written. The counter goes on when the clock was set back.
function Get-BootId {
  $key = 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters'
  $counter = (Get-ItemProperty -Path $key -Name BootId -ErrorAction SilentlyContinue).BootId
  $first = Get-CimInstance -ClassName Win32_Process -Filter "Name='wininit.exe'" | Select-Object -First 1
  '{0:x8}-{1:x}' -f [int] $counter, $first.CreationDate.ToUniversalTime().Ticks
}

function Get-Uptime {
  $system = Get-CimInstance -ClassName Win32_OperatingSystem
  [long] ($system.LocalDateTime - $system.LastBootUpTime).TotalSeconds
}

function Assert-Administrator {
  $identity = [Security.Principal.WindowsIdentity]::GetCurrent()
  $principal = New-Object Security.Principal.WindowsPrincipal $identity
  if (-not $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
    Stop-WithFault 'NOT_PERMITTED' "$($identity.Name) is no administrator of this server, or its rights are filtered (UAC)"
  }
}

# Windows Server 2012 and later; what came before has no PowerShell 3, and clients are not patched.
function Assert-Supported {
  $system = Get-CimInstance -ClassName Win32_OperatingSystem
  if ([version] $system.Version -lt [version] '6.2' -or $system.ProductType -eq 1) {
    Stop-WithFault 'UNSUPPORTED' "this is $($system.Caption); Windows Server 2012 and later are served"
  }
}

function Assert-OperationId($Operation, $What) {
  if ([string] $Operation -cnotmatch '^[a-z0-9][a-z0-9-]{0,79}$') {
    Stop-WithFault 'BAD_ANSWER' "$What with a wrong operation id"
  }
}

function Assert-BootId($Boot, $What) {
  if ([string] $Boot -cnotmatch '^[0-9a-f-]{1,80}$') { Stop-WithFault 'BAD_ANSWER' "$What with a wrong boot id" }
}

$home_folder = Join-Path $env:ProgramData 'Patchway'
$runs = Join-Path $home_folder 'runs'

# A folder in which only administrators and the system can write. Everybody may make folders in ProgramData:
# one that somebody else made is not used, for what it holds is run as the system.
function Initialize-Folders {
  $administrators = New-Object Security.Principal.SecurityIdentifier 'S-1-5-32-544'
  $system = New-Object Security.Principal.SecurityIdentifier 'S-1-5-18'
  if (-not (Test-Path -LiteralPath $home_folder)) {
    $null = New-Item -ItemType Directory -Path $home_folder
    $rules = New-Object Security.AccessControl.DirectorySecurity
    $rules.SetOwner($administrators)
    $rules.SetAccessRuleProtection($true, $false)
    foreach ($who in $administrators, $system) {
      $rules.AddAccessRule((New-Object Security.AccessControl.FileSystemAccessRule(
            $who, 'FullControl', 'ContainerInherit, ObjectInherit', 'None', 'Allow')))
    }
    [IO.Directory]::SetAccessControl($home_folder, $rules)
  }
  Assert-OwnFolder
  if (-not (Test-Path -LiteralPath $runs)) { $null = New-Item -ItemType Directory -Path $runs }
}

function Assert-OwnFolder {
  if (-not (Test-Path -LiteralPath $home_folder)) { return }
  $owner = [IO.Directory]::GetAccessControl($home_folder).GetOwner([Security.Principal.SecurityIdentifier]).Value
  if ('S-1-5-32-544', 'S-1-5-18' -cnotcontains $owner) {
    Stop-WithFault 'NOT_PERMITTED' "$home_folder belongs to $owner and not to the administrators; remove it"
  }
}

# The lines of a small file; none when there is no such file. Others may write to it meanwhile.
function Get-Lines($File) {
  if (-not (Test-Path -LiteralPath $File)) { return }
  $stream = New-Object IO.FileStream $File, ([IO.FileMode]::Open), ([IO.FileAccess]::Read), ([IO.FileShare]::ReadWrite)
  try {
    $reader = New-Object IO.StreamReader $stream, $utf8
    while ($null -ne ($line = $reader.ReadLine())) { $line }
  } finally {
    $stream.Dispose()
  }
}

# The worker of a run directory at work. A process id may have been given away since, so its start time counts, too.
function Test-Alive($Directory) {
  $started = @(Get-Lines (Join-Path $Directory 'started'))
  if ($started.Count -eq 0) { return $false }
  $process, $since, $boot = $started[0].Split(' ')
  if ($boot -cne (Get-BootId)) { return $false }
  $running = Get-CimInstance -ClassName Win32_Process -Filter "ProcessId=$([int] $process)"
  [bool] ($running -and $running.CreationDate.ToUniversalTime().Ticks -eq [long] $since)
}
