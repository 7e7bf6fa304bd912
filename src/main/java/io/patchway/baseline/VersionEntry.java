package io.patchway.baseline;

import java.time.Instant;

/**
 * A version of a baseline in its history.
 *
 * @param at when it was stored
 * @param by who stored it; {@code patchway} for what a file said when Patchway started
 */
public record VersionEntry(BaselineVersion version, PatchBaseline content, Instant at, String by) {}
