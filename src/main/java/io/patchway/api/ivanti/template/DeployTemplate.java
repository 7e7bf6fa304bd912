package io.patchway.api.ivanti.template;

import io.patchway.run.RebootOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How patches are installed.
 *
 * @param number of its item; empty for one that ships with the product
 */
public record DeployTemplate(UUID id, Optional<Integer> number, String name, String creator, Content content) {
    static final List<String> REBOOTS = List.of("NoReboot", "ImmediateIfRequired", "Immediate");
    static final String IF_REQUIRED = "ImmediateIfRequired";
    static final String RESTART = "Restart";

    /**
     * What is kept of one.
     *
     * @param when one of {@link #REBOOTS}
     * @param countdownMinutes kept for those who ask; nobody sits before a server
     */
    public record Content(String description, String path, String when, String powerState, int countdownMinutes) {
        /** Whether servers are rebooted afterwards. */
        public RebootOption reboot() {
            return switch (when) {
                case "NoReboot" -> RebootOption.NEVER;
                case "Immediate" -> RebootOption.ALWAYS;
                default -> RebootOption.IF_NEEDED;
            };
        }
    }

    /** Those that ship with the product; scripts know the first one by its id. */
    static final List<DeployTemplate> PREDEFINED = List.of(
            predefined("7b5bc7e4-7437-47ac-ae2e-569ffdb0ccf8", "Standard", "Reboots where it is needed", IF_REQUIRED),
            predefined(
                    "7b5bc7e4-7437-47ac-ae2e-569ffdb0ccf9",
                    "No Reboot",
                    "Leaves reboots to somebody else",
                    "NoReboot"));

    private static DeployTemplate predefined(String id, String name, String description, String when) {
        return new DeployTemplate(
                UUID.fromString(id), Optional.empty(), name, "System", new Content(description, "", when, RESTART, 0));
    }
}
