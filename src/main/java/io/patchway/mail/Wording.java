package io.patchway.mail;

import io.patchway.run.Operation;
import io.patchway.run.RebootOption;
import io.patchway.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How the domain's values read in a sentence. */
final class Wording {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Wording() {}

    static String of(RunState state) {
        return switch (state) {
            case SUCCEEDED_REBOOT_PENDING -> "reboot pending";
            default -> state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    static String of(Operation operation) {
        return switch (operation) {
            case SCAN -> "scan";
            case INSTALL -> "install";
            case REBOOT -> "reboot";
            case SHUT_DOWN -> "shut-down";
            case POWER_ON -> "power-on";
            case POWER_OFF -> "power-off";
            case RESET -> "reset";
            case PAUSE -> "pause";
            case CREATE_SNAPSHOT -> "creation of a snapshot";
            case RESTORE_SNAPSHOT -> "restoring of a snapshot";
            case DELETE_SNAPSHOT -> "deletion of a snapshot";
        };
    }

    /** The operation at the beginning of a line. */
    static String title(Operation operation) {
        String words = of(operation);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    static String of(RebootOption option) {
        return switch (option) {
            case IF_NEEDED -> "when a server needs it";
            case NEVER -> "never";
            case ALWAYS -> "after every install";
        };
    }

    static String of(Instant instant) {
        return TIME.format(instant) + " UTC";
    }

    /** The two largest units, such as {@code 2 h 5 min}. */
    static String of(Duration duration) {
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        if (duration.toMinutes() > 0) {
            return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
        }
        return duration.toSeconds() + " s";
    }

    /** A number with its noun, such as {@code 1 reboot} or {@code 1,200 patches}. */
    static String count(long number, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
    }

    static String servers(long number) {
        return count(number, "server", "servers");
    }
}
