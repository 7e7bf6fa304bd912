# Usage: refresh|cached
# Prints what the host is, what is installed and what is on offer, as records:
#   patchway-scan VERSION               first
#   fact NAME VALUE
#   update STATE ID REVISION SEVERITY CLASSIFICATION PRODUCT FAMILY DATE SIZE REBOOT DOWNLOADED EULA TITLE
#                                       STATE offered, pending (installed, waits for a reboot) or installed;
#                                       REBOOT never, always or perhaps; then its kb, bulletin and cve records
#   hotfix KB DATE                      as Windows lists them, wherever they came from
#   vote DETECTOR DECISIVE needed|not-needed|abstained DETAIL
#   metadata-age SECONDS
#   fault KIND TEXT
#   end                                 last: without it the answer is incomplete
# With "cached" only what the agent already knows is asked.

# The name of the category of this type that an update is in.
function Get-CategoryName($Update, $Type) {
  foreach ($category in $Update.Categories) { if ($category.Type -eq $Type) { return $category.Name } }
  ''
}

# A product belongs to a family, such as Windows or Office.
function Get-FamilyName($Update) {
  foreach ($category in $Update.Categories) {
    if ($category.Type -eq 'ProductFamily') { return $category.Name }
    if ($category.Type -eq 'Product' -and $category.Parent) { return $category.Parent.Name }
  }
  ''
}

function Write-Update($State, $Update) {
  $identity = $Update.Identity
  $reboot = ('never', 'always', 'perhaps')[[int] $Update.InstallationBehavior.RebootBehavior]
  $date = ''
  if ($Update.LastDeploymentChangeTime) {
    $date = ([datetime] $Update.LastDeploymentChangeTime).ToString('yyyy-MM-dd', $invariant)
  }
  Write-Record 'update' $State $identity.UpdateID $identity.RevisionNumber $Update.MsrcSeverity `
    (Get-CategoryName $Update 'UpdateClassification') (Get-CategoryName $Update 'Product') (Get-FamilyName $Update) `
    $date ([long] $Update.MaxDownloadSize) $reboot ([int] [bool] $Update.IsDownloaded) `
    ([int] [bool] $Update.EulaAccepted) $Update.Title
  foreach ($kb in $Update.KBArticleIDs) { Write-Record 'kb' $kb }
  foreach ($bulletin in $Update.SecurityBulletinIDs) { Write-Record 'bulletin' $bulletin }
  foreach ($cve in $Update.CveIDs) { Write-Record 'cve' $cve }
}

# What our own installs of this boot say waits for a reboot: the agent may offer it once more until then.
function Get-PendingIds($Boot) {
  if (-not (Test-Path -LiteralPath $runs)) { return }
  # Who may not look there is no administrator and goes by what the agent says alone.
  foreach ($directory in Get-ChildItem -LiteralPath $runs -Directory -ErrorAction SilentlyContinue) {
    $started = @(Get-Lines (Join-Path $directory.FullName 'started'))
    if ($started.Count -eq 0 -or $started[0].Split(' ')[2] -cne $Boot) { continue }
    foreach ($line in Get-Lines (Join-Path $directory.FullName 'results')) {
      $kb, $id, $code, $hresult, $reboot = $line.Split("`t")
      if ('2', '3' -ccontains $code -and $reboot -ceq '1') { $id }
    }
  }
}

function Write-Updates($Online) {
  $session = New-Object -ComObject Microsoft.Update.Session
  $session.ClientApplicationID = 'Patchway'
  $searcher = $session.CreateUpdateSearcher()
  $searcher.Online = $Online
  $pending = @(Get-PendingIds (Get-BootId))
  foreach ($update in $searcher.Search("IsInstalled=0 and Type='Software' and IsHidden=0").Updates) {
    $state = 'offered'
    if ($update.RebootRequired -or $pending -ccontains $update.Identity.UpdateID) { $state = 'pending' }
    Write-Update $state $update
  }
  foreach ($update in $searcher.Search("IsInstalled=1 and Type='Software'").Updates) { Write-Update 'installed' $update }
}

# A date as Windows has it of a hotfix, month/day/year in every language or the digits of a FILETIME; empty for others.
function ConvertTo-Date($Text) {
  $text = ([string] $Text).Trim()
  $date = [datetime]::MinValue
  if ($text -match '^[0-9a-fA-F]{15,16}$') {
    $date = [datetime]::FromFileTimeUtc([Convert]::ToInt64($text, 16))
  } elseif (-not [datetime]::TryParseExact($text, 'M/d/yyyy', $invariant,
      [Globalization.DateTimeStyles]::None, [ref] $date)) {
    return ''
  }
  $date.ToString('yyyy-MM-dd', $invariant)
}

function Write-Hotfixes {
  foreach ($hotfix in Get-CimInstance -ClassName Win32_QuickFixEngineering) {
    if ($hotfix.HotFixID -cnotmatch '^KB[0-9]+$') { continue }
    # The plain value: the InstalledOn that PowerShell adds reads it in the language of the user, and may fail.
    try { $date = ConvertTo-Date $hotfix.CimInstanceProperties['InstalledOn'].Value } catch { $date = '' }
    Write-Record 'hotfix' $hotfix.HotFixID $date
  }
}

function Write-Vote($Detector, $Decisive, [scriptblock] $Question) {
  try {
    $detail = & $Question
    if ($detail) { Write-Record 'vote' $Detector $Decisive 'needed' $detail }
    else { Write-Record 'vote' $Detector $Decisive 'not-needed' 'no sign of it' }
  } catch {
    Write-Record 'vote' $Detector $Decisive 'abstained' (Format-Trouble $_)
  }
}

# Files that wait to be renamed are left behind by many programs: that alone is no reason.
function Write-Votes {
  Write-Vote 'component-based-servicing' 1 {
    if (Test-Path 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending') {
      'RebootPending is set'
    }
  }
  Write-Vote 'windows-update' 1 {
    if (Test-Path 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired') {
      'RebootRequired is set'
    }
  }
  Write-Vote 'update-agent' 1 {
    if ((New-Object -ComObject Microsoft.Update.SystemInfo).RebootRequired) { 'SystemInfo.RebootRequired is true' }
  }
  Write-Vote 'file-rename' 0 {
    $key = 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager'
    $value = Get-ItemProperty -Path $key -Name PendingFileRenameOperations -ErrorAction SilentlyContinue
    if ($value) { "$(@($value.PendingFileRenameOperations | Where-Object { $_ }).Count) entries in PendingFileRenameOperations" }
  }
}

function Write-MetadataAge {
  $found = (New-Object -ComObject Microsoft.Update.AutoUpdate).Results.LastSearchSuccessDate
  if ($found) { Write-Record 'metadata-age' ([long] ([datetime]::UtcNow - [datetime] $found).TotalSeconds) }
}

Write-Record 'patchway-scan' 1
if ('refresh', 'cached' -cnotcontains $Words[0]) { Stop-WithFault 'BAD_ANSWER' 'the scan was started with wrong arguments' }
if ($Words.Count -gt 1) { Stop-WithFault 'UNSUPPORTED' 'sources of a baseline are for Linux only' }
Assert-Supported
Write-HostFacts
try {
  Write-Updates ($Words[0] -ceq 'refresh')
} catch {
  Stop-WithFault 'METADATA' "the search for updates failed: $(Format-Trouble $_)"
}
Write-Hotfixes
Write-Votes
if ($Words[0] -ceq 'refresh') { Write-Record 'metadata-age' 0 } else { try { Write-MetadataAge } catch { $null = $_ } }
Write-Record 'end'
