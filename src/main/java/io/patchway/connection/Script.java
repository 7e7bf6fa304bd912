package io.patchway.connection;

/**
 * A constant script; its first line is {@code # patchway-script: <name> <version>}.
 *
 * @param name what logs call it
 * @param text the whole script
 * @param needsRoot whether it is run as root ({@code sudo -n} for other logins); otherwise it runs as whoever logs in.
 *     On Windows a script has the rights of the login in any case and looks itself whether they are enough
 * @param language what it is written in
 */
public record Script(String name, String text, boolean needsRoot, Language language) {
    /** What reads a script. */
    public enum Language {
        POSIX_SHELL,
        /** Windows PowerShell from version 3 on; the text is plain ASCII. */
        POWERSHELL
    }

    /** A script for a POSIX shell. */
    public Script(String name, String text, boolean needsRoot) {
        this(name, text, needsRoot, Language.POSIX_SHELL);
    }

    /** The same script for an ordinary login. */
    public Script withoutRoot() {
        return new Script(name, text, false, language);
    }
}
