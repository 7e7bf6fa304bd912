package io.patchway.run;

/**
 * A script of the operator that runs on a server.
 *
 * @param name what requests call it: 3 to 128 letters, digits, dots, hyphens or underscores
 * @param script POSIX shell
 */
public record Hook(String name, String script) {
    /** How long a script may be, in bytes: two of them travel with an install plan in one call. */
    public static final int MOST_BYTES = 16 * 1024;
}
