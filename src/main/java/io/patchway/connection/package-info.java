/**
 * Ways to run a constant script on a server: over SSH, over WinRM, or on this very machine.
 *
 * <p>A script that could not be run is a {@link io.patchway.run.ServerFault}; one that ran is a
 * {@link io.patchway.connection.ScriptOutput}, however it ended. What comes back is capped and otherwise as it came.
 */
package io.patchway.connection;
