# What a scan tells about the host itself.
function Write-HostFacts {
  $system = Get-CimInstance -ClassName Win32_OperatingSystem
  $version = Get-ItemProperty -Path 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
  $kind = 'windows-server'
  if ($system.ProductType -eq 1) { $kind = 'windows' }
  Write-Record 'fact' 'hostname' ([Net.Dns]::GetHostName())
  Write-Record 'fact' 'os-id' $kind
  Write-Record 'fact' 'os-version' $system.Version
  Write-Record 'fact' 'os-name' $system.Caption
  Write-Record 'fact' 'arch' $env:PROCESSOR_ARCHITECTURE
  Write-Record 'fact' 'kernel' ('{0}.{1}' -f $system.Version, [int] $version.UBR)
  Write-Record 'fact' 'boot-id' (Get-BootId)
  Write-Record 'fact' 'uptime' (Get-Uptime)
  $agent = Join-Path $env:SystemRoot 'System32\wuaueng.dll'
  $build = 'unknown'
  if (Test-Path -LiteralPath $agent) { $build = (Get-Item -LiteralPath $agent).VersionInfo.ProductVersion }
  Write-Record 'fact' 'package-manager' "Windows Update Agent $build"
}
