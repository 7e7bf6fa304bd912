package io.patchway.api.clc.history;

import io.patchway.run.PatchChange;
import io.patchway.run.RunState;
import io.patchway.server.PatchFamily;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The texts of the patch history. Those that CenturyLink Cloud published are kept to the letter, for there are programs
 * that search them; where it published none, because its service told no failures and knew no apt, they are built
 * alike.
 */
final class Words {
    /** The last check of every execution that came to its end. */
    static final String NOTHING_TO_INSTALL = "Update Process Complete. There are 0 updates to install";

    static final String BEGIN = "Update Process BEGIN";

    private static final String COMPLETE = "Updating Complete";

    private Words() {}

    /** What a check begins with, which is the command that it asks; empty: nobody knows yet what the server runs. */
    static String invoking(Optional<PatchFamily> family) {
        return family.map(known -> switch (known) {
                    case WINDOWS -> "Invoking SUS API";
                    case YUM -> "Invoking yum check-update";
                    case APT -> "Invoking apt-get update";
                    case ZYPPER -> "Invoking zypper list-updates";
                    case MACOS -> "Invoking softwareupdate --list";
                })
                .orElse("Invoking the package manager");
    }

    /** How an attempt ended that installed something; how the install of each patch ended is told elsewhere. */
    static String downloaded(List<PatchChange> patches) {
        return "Updates Downloaded Successfully downloaded %d updates to install##%s##"
                .formatted(patches.size(), names(patches));
    }

    /** How an attempt ended that installed nothing of what it wanted to. */
    static String notInstalled(List<PatchChange> patches) {
        return "Update Process Failed. There are %d updates to install##%s##".formatted(patches.size(), names(patches));
    }

    /** How the last attempt ended. */
    static String lastCheck(RunState verdict, String reason) {
        return wentWell(verdict) ? NOTHING_TO_INSTALL : "Update Process " + word(verdict) + ". " + reason;
    }

    /** How an execution ended. */
    static String end(RunState verdict, String reason) {
        return switch (verdict) {
            case SUCCEEDED -> COMPLETE;
            case SUCCEEDED_REBOOT_PENDING -> COMPLETE + ": " + reason;
            default -> "Updating " + word(verdict) + ": " + reason;
        };
    }

    /**
     * What is being installed: the title that Windows gives it, else package, version and the notices that it answers.
     */
    static String installing(PatchChange patch) {
        if (!patch.title().isEmpty()) {
            return "Installing " + patch.title();
        }
        String notices = patch.advisories().isEmpty() ? "" : " (" + String.join(", ", patch.advisories()) + ")";
        return "Installing " + name(patch) + notices;
    }

    /** Whether nothing that was to be installed is missing. */
    static boolean wentWell(RunState verdict) {
        return verdict == RunState.SUCCEEDED || verdict == RunState.SUCCEEDED_REBOOT_PENDING;
    }

    private static String names(List<PatchChange> patches) {
        return patches.stream().map(Words::name).collect(Collectors.joining(" "));
    }

    private static String name(PatchChange patch) {
        return patch.key().name() + "-" + patch.after() + "." + patch.key().arch();
    }

    private static String word(RunState verdict) {
        return switch (verdict) {
            case PARTIAL -> "Incomplete";
            case DEFERRED -> "Deferred";
            case CANCELLED -> "Cancelled";
            case UNKNOWN -> "Unknown";
            default -> "Failed";
        };
    }
}
