# Prints patchway-host VERSION, what the host is as the facts of a scan, end. Asks for no updates.
Write-Record 'patchway-host' 1
Write-HostFacts
Write-Record 'end'
