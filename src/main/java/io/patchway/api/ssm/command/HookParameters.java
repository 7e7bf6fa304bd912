package io.patchway.api.ssm.command;

import java.util.List;

/** The parameters that name hooks. */
final class HookParameters {
    static final String BEFORE_INSTALL = "PreInstallHookDocName";
    static final String AFTER_INSTALL = "PostInstallHookDocName";
    static final String AT_THE_END = "OnExitHookDocName";

    /** The hook that does nothing. */
    static final String NOTHING = "AWS-Noop";

    static final List<DocumentParameter> ALL = List.of(
            hook(BEFORE_INSTALL, "The hook that runs before patches are installed; when it fails, nothing is."),
            hook(AFTER_INSTALL, "The hook that runs after patches were installed."),
            hook(AT_THE_END, "The hook that runs at the end, however the run went."));

    private HookParameters() {}

    private static DocumentParameter hook(String name, String description) {
        return DocumentParameter.matching(
                name, description, NOTHING, "[a-zA-Z0-9_\\-.:/]{3,128}", "the name of a hook, such as " + NOTHING);
    }
}
