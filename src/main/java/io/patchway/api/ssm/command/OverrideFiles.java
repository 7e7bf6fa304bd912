package io.patchway.api.ssm.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchway.api.ssm.SsmException;
import io.patchway.api.ssm.SsmJson;
import io.patchway.api.ssm.baseline.BaselineMembers;
import io.patchway.api.ssm.baseline.BaselineOverride;
import io.patchway.api.ssm.model.RequestCheck;
import io.patchway.api.ssm.model.ServiceModel;
import io.patchway.api.ssm.model.WrongTypeException;
import io.patchway.baseline.PatchBaseline;
import io.patchway.config.InstallListFile;
import io.patchway.config.document.BadDocumentException;
import io.patchway.run.PatchOverride.BaselineList;
import io.patchway.run.PatchOverride.InstallList;
import io.patchway.server.OperatingSystem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a command names by an address instead of bringing it along; read when the command is sent. */
final class OverrideFiles {
    private static final int MOST_BASELINES = 20;
    /** The operation that takes a baseline along, and so says what one must look like. */
    private static final String TAKES_A_BASELINE = "GetDeployablePatchSnapshotForInstance";

    private final OverrideDownload download;
    private final RequestCheck check =
            ServiceModel.load().checkOf(TAKES_A_BASELINE).orElseThrow();

    OverrideFiles(OverrideDownload download) {
        this.download = download;
    }

    /** @throws SsmException {@code InvalidParameters} when it cannot be fetched or is not well-formed */
    InstallList installList(String address) {
        byte[] content = download.fetch(DocumentParameter.INSTALL_OVERRIDE_LIST, address);
        try {
            return new InstallList(address, InstallListFile.read(address, content));
        } catch (BadDocumentException e) {
            throw bad(DocumentParameter.INSTALL_OVERRIDE_LIST, e.getMessage());
        }
    }

    /** @throws SsmException {@code InvalidParameters} when it cannot be fetched or is not well-formed */
    BaselineList baselineList(String address) {
        JsonNode list = json(download.fetch(DocumentParameter.BASELINE_OVERRIDE, address));
        if (!list.isArray() || list.isEmpty() || list.size() > MOST_BASELINES) {
            throw bad(
                    DocumentParameter.BASELINE_OVERRIDE,
                    "it must be a list of 1 to " + MOST_BASELINES + " patch baselines");
        }
        List<PatchBaseline> baselines = new ArrayList<>();
        list.forEach(each -> baselines.add(baseline(each, "entry " + (baselines.size() + 1))));
        return new BaselineList(address, baselines);
    }

    private static JsonNode json(byte[] content) {
        try {
            return SsmJson.mapper()
                    .reader()
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(content);
        } catch (IOException e) {
            throw bad(DocumentParameter.BASELINE_OVERRIDE, "it is not JSON: " + e.getMessage());
        }
    }

    private PatchBaseline baseline(JsonNode written, String where) {
        ObjectNode request = SsmJson.mapper().createObjectNode();
        request.put("InstanceId", "mi-00000000000000000");
        request.put("SnapshotId", "00000000-0000-0000-0000-000000000000");
        request.set("BaselineOverride", written);
        try {
            List<String> violations = check.violations(request);
            if (!violations.isEmpty()) {
                throw bad(DocumentParameter.BASELINE_OVERRIDE, where + ": " + String.join("; ", violations));
            }
            BaselineOverride override = SsmJson.mapper().treeToValue(written, BaselineOverride.class);
            OperatingSystem operatingSystem = override.operatingSystem().orElse(OperatingSystem.WINDOWS);
            return override.over(BaselineMembers.initial("override-" + operatingSystem, operatingSystem));
        } catch (WrongTypeException | JsonProcessingException | SsmException e) {
            throw e instanceof SsmException refused && refused.code().equals("InvalidParameters")
                    ? refused
                    : bad(DocumentParameter.BASELINE_OVERRIDE, where + ": " + e.getMessage());
        }
    }

    private static SsmException bad(String parameter, String message) {
        return DocumentParameter.invalid("Parameter " + parameter + ": " + message);
    }
}
