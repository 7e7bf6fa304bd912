package io.patchway.run.machine;

import io.patchway.server.ServerId;
import java.time.Instant;

/**
 * A snapshot of a machine.
 *
 * @param number what APIs call it by, one number for each
 * @param certain false while nobody knows whether it was really made
 * @param expiresAt when it is to be deleted
 */
public record Snapshot(
        long number, ServerId server, String name, boolean certain, Instant createdAt, Instant expiresAt) {}
