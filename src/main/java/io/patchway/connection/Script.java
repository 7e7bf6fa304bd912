package io.patchway.connection;

/**
 * A constant POSIX shell script; its first line is {@code # patchway-script: <name> <version>}.
 *
 * @param name what logs call it
 * @param text the whole script
 * @param needsRoot whether it is run as root ({@code sudo -n} for other logins); otherwise it runs as whoever logs in
 */
public record Script(String name, String text, boolean needsRoot) {
    /** The same script for an ordinary login. */
    public Script withoutRoot() {
        return new Script(name, text, false);
    }
}
