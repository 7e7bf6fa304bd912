# Usage: BOOT OPERATION
# Prints whether this operation has told the host to end this boot:
#   patchway-reboot VERSION
#   reboot not-told|told-before|other-boot
#   end
Write-Record 'patchway-reboot' 1
$boot = $Words[0]
$operation = $Words[1]
Assert-BootId $boot 'the reboot was asked about'
Assert-OperationId $operation 'the reboot was asked about'
Assert-Administrator
Assert-OwnFolder
if ((Get-BootId) -cne $boot) {
  Write-Record 'reboot' 'other-boot'
} elseif (Test-Path -LiteralPath (Join-Path $home_folder "reboot-$boot-$operation")) {
  Write-Record 'reboot' 'told-before'
} else {
  Write-Record 'reboot' 'not-told'
}
Write-Record 'end'
