package io.patchway.packagemanager;

import io.patchway.run.InstallProgress.Meaning;
import java.util.regex.Pattern;

/**
 * What an exit status of a package manager means (dnf(8); apt-get(8); zypper(8), EXIT CODES).
 *
 * @param manager {@code dnf}, {@code apt}, {@code zypper} or {@code windows}
 */
record ExitStatus(String manager, int status) {
    private static final Pattern NO_SPACE = Pattern.compile(
            "No space left on device|0x80070070|more space needed on the|needs [0-9]+[KMG]?B? (more space )?on the"
                    + "|You don't have enough free space|Not enough space|Insufficient disk space",
            Pattern.CASE_INSENSITIVE);
    /** dnf 5 has no status of its own for it. */
    private static final Pattern DNF_LOCKED = Pattern.compile("Failed to obtain rpm transaction lock");

    private static final Pattern APT_LOCKED =
            Pattern.compile("Could not get lock|Unable to acquire the dpkg frontend lock");

    /** @param log the end of what it said: a status alone does not tell a full disk from a broken package */
    Meaning meaning(String log) {
        return switch (manager) {
            case "zypper" -> zypper(log);
            case "apt" -> status != 0 && APT_LOCKED.matcher(log).find() ? Meaning.LOCKED : doneOrNot(log);
            case "windows" -> windows(log);
            default -> status == 200 || status != 0 && DNF_LOCKED.matcher(log).find() ? Meaning.LOCKED : doneOrNot(log);
        };
    }

    private Meaning zypper(String log) {
        return switch (status) {
            case 7 -> Meaning.LOCKED;
            // Updates, security updates or a reboot are pending; repositories were skipped; a scriptlet failed.
            case 100, 101, 102, 106, 107 -> Meaning.DONE;
            case 103 -> Meaning.RUN_AGAIN;
            default -> doneOrNot(log);
        };
    }

    /** What the worker of {@code windows-install-worker.ps1} ends with. */
    private Meaning windows(String log) {
        return status == 76 ? Meaning.LOCKED : doneOrNot(log);
    }

    private Meaning doneOrNot(String log) {
        if (status == 0) {
            return Meaning.DONE;
        }
        return NO_SPACE.matcher(log).find() ? Meaning.NO_SPACE : Meaning.FAILED;
    }
}
