/** What is done to the machines of servers and not to their patches: power, snapshots, and the commands for both. */
package io.patchway.run.machine;
