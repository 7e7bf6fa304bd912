package io.patchway.connection;

import java.time.Duration;

/**
 * How long a connection may take and how much a script may say.
 *
 * @param connectTimeout for the TCP connection, and once more for key exchange and login
 * @param idleTime how long a connection without work stays open for the next script
 * @param maxIdle connections without work that stay open at once, over all servers
 * @param stdoutBytes what is kept of the standard output of one script
 * @param stderrBytes what is kept of its standard error
 */
public record ConnectionLimits(
        Duration connectTimeout, Duration idleTime, int maxIdle, int stdoutBytes, int stderrBytes) {
    public static final ConnectionLimits DEFAULT =
            new ConnectionLimits(Duration.ofSeconds(10), Duration.ofSeconds(10), 256, 8 << 20, 256 << 10);
}
