package io.patchway.api.ivanti.job;

import io.patchway.console.JobMachine;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunState;
import io.patchway.run.ServerFault;
import java.util.Arrays;
import java.util.Optional;

/**
 * Why there is no result for a machine. The numbers are those that people of Security Controls know where one fits, and
 * Patchway's own from 700 on.
 *
 * @param number 0: nothing is wrong
 * @param description for people
 * @param hint what to do about it
 */
record MachineError(int number, String description, String hint) {
    static final int NOT_FOUND = 200;
    static final int AMBIGUOUS = 261;
    static final int REFUSED = 230;
    private static final int UNREACHABLE = 235;
    private static final int LOGIN = 451;
    private static final int HOST_KEY = 452;
    private static final int UNSUPPORTED = 501;
    private static final int LOCKED = 701;
    private static final int SPACE = 702;
    private static final int METADATA = 703;
    private static final int ANSWER = 704;
    private static final int CONFIGURATION = 705;
    private static final int NOT_STARTED = 706;
    private static final int CANCELLED = 707;
    private static final int INTERNAL = 708;
    private static final int OTHER = 799;

    private static final MachineError NONE = new MachineError(0, "", "");

    /** What is wrong with a machine whose work has ended, as far as that is known. */
    static MachineError of(JobMachine machine) {
        if (machine.target().errorNumber() != 0) {
            return new MachineError(
                    machine.target().errorNumber(),
                    machine.target().errorText(),
                    hint(machine.target().errorNumber()));
        }
        if (machine.run().isEmpty()) {
            return new MachineError(NOT_STARTED, "Nothing was started on it; start it again.", hint(NOT_STARTED));
        }
        RunReport run = machine.run().get();
        boolean well = !run.state().ended()
                || run.state() == RunState.SUCCEEDED
                || run.state() == RunState.SUCCEEDED_REBOOT_PENDING;
        return well ? NONE : ofTrouble(run);
    }

    /** The last entry of the time line begins with the kind of trouble. */
    private static MachineError ofTrouble(RunReport run) {
        String note = run.notes().isEmpty()
                ? run.lastError().orElse(run.state().name())
                : run.notes().get(run.notes().size() - 1).text();
        Optional<ServerFault.Kind> kind = Arrays.stream(ServerFault.Kind.values())
                .filter(one -> note.startsWith(one + ": "))
                .findFirst();
        int number = run.state() == RunState.CANCELLED
                ? CANCELLED
                : kind.map(MachineError::number).orElse(run.state() == RunState.DEFERRED ? NOT_STARTED : OTHER);
        String text = kind.map(one -> note.substring(one.name().length() + 2)).orElse(note);
        return new MachineError(number, text, hint(number));
    }

    private static int number(ServerFault.Kind kind) {
        return switch (kind) {
            case UNREACHABLE -> UNREACHABLE;
            case LOGIN_REFUSED -> LOGIN;
            case HOST_KEY_CHANGED, HOST_KEY_UNKNOWN -> HOST_KEY;
            case NOT_PERMITTED -> REFUSED;
            case UNSUPPORTED -> UNSUPPORTED;
            case LOCKED -> LOCKED;
            case NO_SPACE -> SPACE;
            case METADATA -> METADATA;
            case BAD_ANSWER -> ANSWER;
            case CONFIGURATION -> CONFIGURATION;
            case INTERNAL -> INTERNAL;
        };
    }

    private static String hint(int number) {
        return switch (number) {
            case NOT_FOUND -> "Look the name up in config/servers.yaml, or add the server there.";
            case AMBIGUOUS -> "Name the server by its id in config/servers.yaml.";
            case UNREACHABLE -> "Look whether the server is up and its SSH port open.";
            case LOGIN -> "Look at the account, its authorized_keys, and the private key in config/servers.yaml.";
            case HOST_KEY -> "Compare the fingerprint with the host itself, then add its key to the known_hosts file.";
            case REFUSED -> "Look at the role of the server and at sudo for its account.";
            case LOCKED -> "Another package manager is at work there; try again later.";
            case SPACE -> "Free some space on the server.";
            case METADATA -> "Look at the server's repositories.";
            default -> "";
        };
    }
}
