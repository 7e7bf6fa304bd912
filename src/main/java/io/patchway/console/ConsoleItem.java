package io.patchway.console;

import java.time.Instant;
import java.util.UUID;

/**
 * Something with a name that people created in the console.
 *
 * @param number identity of groups
 * @param guid identity of templates
 * @param name 1 to 1,000 characters
 * @param document what it says, as JSON
 */
public record ConsoleItem(
        int number, UUID guid, ItemKind kind, String name, String creator, Instant createdAt, String document) {}
