package io.patchway.api.clc.operation;

import io.patchway.run.ExecutionStanding;
import io.patchway.run.RunState;
import io.patchway.run.ServerFault;
import java.util.Optional;

/** Why a run waits or did not succeed, in one word for programs. */
final class StatusReason {
    private StatusReason() {}

    static Optional<String> of(ExecutionStanding run) {
        return run.state().ended() ? ofEnd(run) : ofWait(run);
    }

    private static Optional<String> ofWait(ExecutionStanding run) {
        if (run.waitsForRollout()) {
            return Optional.of("waitsForRollout");
        }
        return switch (run.state()) {
            case WAITING_WINDOW -> Optional.of("waitsForWindow");
            case QUEUED -> run.lastError().map(another -> "busy");
            default -> Optional.empty();
        };
    }

    private static Optional<String> ofEnd(ExecutionStanding run) {
        if (run.state() == RunState.SUCCEEDED) {
            return Optional.empty();
        }
        return run.lastNote()
                .flatMap(ServerFault.Kind::ofVerdict)
                .map(StatusReason::ofFault)
                .or(() -> Optional.of(ofState(run.state())));
    }

    private static String ofState(RunState state) {
        return switch (state) {
            case SUCCEEDED_REBOOT_PENDING -> "rebootPending";
            case PARTIAL -> "partlyInstalled";
            case UNKNOWN -> "outcomeUnknown";
            case DEFERRED -> "deferred";
            case CANCELLED -> "cancelled";
            case NO_PROGRESS -> "noProgress";
            default -> "failed";
        };
    }

    private static String ofFault(ServerFault.Kind kind) {
        return switch (kind) {
            case UNREACHABLE -> "offline";
            case LOGIN_REFUSED -> "loginRefused";
            case HOST_KEY_CHANGED, HOST_KEY_UNKNOWN -> "hostKeyNotTrusted";
            case NOT_PERMITTED -> "noRights";
            case UNSUPPORTED -> "osNotSupported";
            case LOCKED -> "packageManagerLocked";
            case NO_SPACE -> "noSpace";
            case METADATA -> "repositoryUnavailable";
            case BAD_ANSWER -> "badAnswer";
            case CONFIGURATION -> "configuration";
            case INTERNAL -> "internal";
        };
    }
}
