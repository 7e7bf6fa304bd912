/**
 * What Patchway does on a server with dnf, apt or zypper.
 *
 * <p>The work is done by constant shell scripts (resources {@code scripts/*.sh}); their arguments are data, their
 * answers are records: one a line, a kind and its fields separated by tabs, beginning with a header that names the
 * format and ending with {@code end}. What has no end is incomplete and never believed.
 */
package io.patchway.packagemanager;
