package io.patchway.connection;

import java.util.OptionalInt;

/**
 * What a script printed.
 *
 * @param exitCode empty when the connection ended without telling one
 * @param stdout decoded as UTF-8, malformed bytes replaced; otherwise as it came: hostile until parsed
 * @param stderr likewise
 * @param truncated whether one of the two was longer than the connection's cap and was cut there
 */
public record ScriptOutput(OptionalInt exitCode, String stdout, String stderr, boolean truncated) {}
