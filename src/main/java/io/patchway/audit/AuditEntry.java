package io.patchway.audit;

import java.time.Instant;
import java.util.UUID;

/**
 * One event.
 *
 * @param at when it happened, by the clock of the node
 * @param node the node that recorded it
 * @param actor who did it
 * @param action noun and participle, such as {@code request.accepted}
 * @param subject what it was done to
 * @param detail for people; may be empty
 */
public record AuditEntry(
        UUID id, Instant at, String node, String actor, String action, String subject, String detail) {}
