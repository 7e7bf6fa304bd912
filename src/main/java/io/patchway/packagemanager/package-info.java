/**
 * What Patchway does on a server with dnf, apt, zypper or the Windows Update Agent.
 *
 * <p>The work is done by constant scripts (resources {@code scripts/*.sh} for a POSIX shell,
 * {@code scripts/windows-*.ps1} for PowerShell); their arguments are data, their answers are records: one a line, a
 * kind and its fields separated by tabs, beginning with a header that names the format and ending with {@code end}.
 * What has no end is incomplete and never believed.
 */
package io.patchway.packagemanager;
