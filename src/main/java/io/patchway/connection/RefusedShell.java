package io.patchway.connection;

import io.patchway.run.ServerFault.Kind;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells what a script said from what was said by those who did not let it run.
 *
 * @param kind {@link Kind#LOGIN_REFUSED} or {@link Kind#NOT_PERMITTED}
 * @param words what they said
 */
record RefusedShell(Kind kind, String words) {
    /** Exit code of sshd when /etc/nologin exists and PAM is off (sshd(8)). */
    private static final int NOLOGIN = 254;

    private static final int COMMAND_NOT_FOUND = 127;

    /** sudo begins its refusals with its name, in whatever language; only these two come without. */
    private static final Pattern SUDO =
            Pattern.compile("(?m)^sudo: |is not in the sudoers file|is not allowed to (execute|run)");

    /** @param sudo whether the script was started under sudo */
    static Optional<RefusedShell> in(ScriptOutput output, boolean sudo) {
        if (!output.stdout().isEmpty() || output.exitCode().isEmpty()) {
            return Optional.empty();
        }
        String words = output.stderr().strip();
        int exit = output.exitCode().getAsInt();
        if (exit == NOLOGIN) {
            return Optional.of(new RefusedShell(Kind.LOGIN_REFUSED, words));
        }
        if (sudo && exit == COMMAND_NOT_FOUND) {
            return Optional.of(new RefusedShell(Kind.NOT_PERMITTED, "sudo is not installed there (" + words + ")"));
        }
        if (sudo && exit == 1 && SUDO.matcher(words).find()) {
            return Optional.of(new RefusedShell(Kind.NOT_PERMITTED, words));
        }
        return Optional.empty();
    }
}
