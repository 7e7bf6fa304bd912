package io.patchway.connection.site;

/**
 * What a site answered.
 *
 * @param status HTTP status
 * @param repeatable whether it says that it takes the same order for the same
 * @param body capped, but not read yet
 */
public record SiteAnswer(int status, boolean repeatable, byte[] body) {}
