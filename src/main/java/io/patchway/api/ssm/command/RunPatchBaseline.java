package io.patchway.api.ssm.command;

import io.patchway.api.ssm.SsmException;
import io.patchway.run.HookOccasion;
import io.patchway.run.Operation;
import io.patchway.run.PatchRequest;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestForm;
import io.patchway.run.SpecialOrders;
import io.patchway.server.ServerId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What a run of a {@link PatchDocument} asks for.
 *
 * @param installOverrideList address of the patches to install whatever the baseline says
 * @param baselineOverride address of baselines to use instead of the servers' own
 * @param hooks names of what runs around an install
 */
public record RunPatchBaseline(
        PatchDocument document,
        Operation operation,
        RebootOption rebootOption,
        Optional<UUID> snapshot,
        Optional<String> installOverrideList,
        Optional<String> baselineOverride,
        Map<HookOccasion, String> hooks) {

    /**
     * Reads the name of a document and its parameters.
     *
     * @param documentName name or ARN
     * @param documentVersion empty: the default
     * @param parameters lists of one value each, by the names of the parameters
     * @throws SsmException {@code InvalidDocument}, {@code InvalidDocumentVersion} or {@code InvalidParameters}; the
     *     text names the parameter and what is allowed
     */
    public static RunPatchBaseline of(
            String documentName, Optional<String> documentVersion, Map<String, List<String>> parameters) {
        PatchDocument document = PatchDocument.named(documentName);
        document.checkVersion(documentVersion);
        Map<String, String> values = values(document, parameters);
        Optional<String> installOverrideList = given(values, DocumentParameter.INSTALL_OVERRIDE_LIST);
        Optional<String> baselineOverride = given(values, DocumentParameter.BASELINE_OVERRIDE);
        if (installOverrideList.isPresent() && baselineOverride.isPresent()) {
            throw DocumentParameter.invalid("Parameters " + DocumentParameter.INSTALL_OVERRIDE_LIST + " and "
                    + DocumentParameter.BASELINE_OVERRIDE + " exclude each other; give one of them");
        }
        return new RunPatchBaseline(
                document,
                values.get(DocumentParameter.OPERATION).equals("Scan") ? Operation.SCAN : Operation.INSTALL,
                values.get(DocumentParameter.REBOOT_OPTION).equals("NoReboot")
                        ? RebootOption.NEVER
                        : RebootOption.IF_NEEDED,
                given(values, DocumentParameter.SNAPSHOT).map(UUID::fromString),
                installOverrideList,
                baselineOverride,
                HookParameters.given(values));
    }

    /** The same as a patch request. */
    RequestForm form(List<ServerId> servers, RateControl rate, SpecialOrders special) {
        return new RequestForm(
                operation,
                rebootOption,
                PatchRequest.DEFAULT_MAX_ROUNDS,
                servers.stream().map(ServerId::value).toList(),
                List.of(),
                Map.of(),
                Optional.empty(),
                snapshot,
                Optional.empty(),
                Map.of(),
                List.of(),
                Optional.of(rate.rolloutOver(servers.size())),
                special);
    }

    private static Map<String, String> values(PatchDocument document, Map<String, List<String>> parameters) {
        Map<String, String> values = new HashMap<>();
        document.parameters()
                .forEach(parameter -> values.put(parameter.name(), parameter.read(parameters.get(parameter.name()))));
        TreeSet<String> unknown = new TreeSet<>(parameters.keySet());
        unknown.removeAll(values.keySet());
        if (!unknown.isEmpty()) {
            throw DocumentParameter.invalid("Parameter " + unknown.getFirst() + " is not defined in document "
                    + document.wireName() + "; it has " + String.join(", ", new TreeSet<>(values.keySet())));
        }
        return values;
    }

    private static Optional<String> given(Map<String, String> values, String name) {
        return Optional.of(values.get(name)).filter(value -> !value.isEmpty());
    }
}
