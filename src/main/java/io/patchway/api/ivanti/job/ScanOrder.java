package io.patchway.api.ivanti.job;

import io.patchway.api.ivanti.Body;
import io.patchway.api.ivanti.IvantiRefusal;
import io.patchway.api.ivanti.machine.MachineGroupsResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The body of a call that starts a scan, read; nothing in it has been looked up yet.
 *
 * @param credentialId kept and told; servers are reached with the keys of the inventory
 * @param anyHostKey whether hosts are scanned whatever key they show
 */
record ScanOrder(
        String name,
        UUID template,
        List<String> endpoints,
        List<Integer> groups,
        Optional<UUID> credentialId,
        boolean useMachineCredential,
        String connectionMethod,
        boolean anyHostKey,
        boolean traced) {
    private static final String BLOCKED = "Blocked";
    private static final String SKIP = "SkipServerAuthentication";

    static ScanOrder read(Body body) {
        ScanOrder order = new ScanOrder(
                body.requiredText("name"),
                body.requiredGuid("templateId"),
                body.texts("endpointNames"),
                body.numbers("machineGroupIds"),
                body.guid("credentialId"),
                body.truth("useMachineCredential", false),
                body.word("connectionMethod", MachineGroupsResource.CONNECTION_METHODS)
                        .orElse("Inherit"),
                body.word("sshServerValidationMode", List.of(BLOCKED, SKIP))
                        .orElse(BLOCKED)
                        .equals(SKIP),
                body.truth("diagnosticTraceEnabled", false));
        // Deprecated, and without any effect but that it must be a GUID.
        body.guid("runAsCredentialId");
        if (order.endpoints().isEmpty() && order.groups().isEmpty()) {
            throw new IvantiRefusal(400, "endpointNames or machineGroupIds is required, and neither names anything.");
        }
        return order;
    }

    /** What is kept beside the scan. */
    Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("sshServerValidationMode", anyHostKey ? SKIP : BLOCKED);
        options.put("connectionMethod", connectionMethod);
        options.put("useMachineCredential", String.valueOf(useMachineCredential));
        options.put("diagnosticTraceEnabled", String.valueOf(traced));
        credentialId.ifPresent(id -> options.put("credentialId", id.toString()));
        return options;
    }
}
