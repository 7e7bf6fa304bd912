/** What scans say of servers: summaries that are kept for every scan, and what others report of them. */
package io.patchway.compliance;
