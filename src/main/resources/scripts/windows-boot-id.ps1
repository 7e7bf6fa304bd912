# Prints patchway-boot VERSION, boot-id ID, end.
Write-Record 'patchway-boot' 1
Write-Record 'boot-id' (Get-BootId)
Write-Record 'end'
