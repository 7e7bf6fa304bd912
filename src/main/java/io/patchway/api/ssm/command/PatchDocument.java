package io.patchway.api.ssm.command;

import io.patchway.api.ssm.SsmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The documents that {@code SendCommand} can run. Both patch; the second one runs hooks besides. */
public enum PatchDocument {
    RUN_PATCH_BASELINE(
            "AWS-RunPatchBaseline",
            "Scans servers for missing patches, or installs what their patch baseline approves.",
            List.of()),
    RUN_PATCH_BASELINE_WITH_HOOKS(
            "AWS-RunPatchBaselineWithHooks",
            "Scans servers, or installs what their patch baseline approves, with hooks before, after and at the end.",
            HookParameters.ALL);

    /** The only version that there is. */
    static final String VERSION = "1";

    private static final String ARN_TAIL = "document/";
    private static final List<String> VERSIONS = List.of("$LATEST", "$DEFAULT", VERSION);

    private final String wireName;
    private final String description;
    private final List<DocumentParameter> parameters;

    PatchDocument(String wireName, String description, List<DocumentParameter> hooks) {
        this.wireName = wireName;
        this.description = description;
        this.parameters = Stream.concat(DocumentParameter.OF_EVERY_RUN.stream(), hooks.stream())
                .toList();
    }

    /**
     * The document of a name, or of an ARN that ends in it.
     *
     * @throws SsmException {@code InvalidDocument}
     */
    static PatchDocument named(String name) {
        String bare = name.startsWith("arn:") && name.contains(ARN_TAIL)
                ? name.substring(name.indexOf(ARN_TAIL) + ARN_TAIL.length())
                : name;
        return Arrays.stream(values())
                .filter(document -> document.wireName.equals(bare))
                .findFirst()
                .orElseThrow(() -> new SsmException(
                        "InvalidDocument",
                        "Document with name " + name + " does not exist. Documents that can be run: "
                                + RUN_PATCH_BASELINE.wireName + ", " + RUN_PATCH_BASELINE_WITH_HOOKS.wireName));
    }

    /**
     * Each document has one version, which is its latest and its default.
     *
     * @throws SsmException {@code InvalidDocumentVersion}
     */
    void checkVersion(Optional<String> version) {
        if (version.isPresent() && !VERSIONS.contains(version.get())) {
            throw new SsmException(
                    "InvalidDocumentVersion",
                    "Document " + wireName + " has no version " + version.get() + "; its only version is " + VERSION);
        }
    }

    public String wireName() {
        return wireName;
    }

    String description() {
        return description;
    }

    List<DocumentParameter> parameters() {
        return parameters;
    }
}
