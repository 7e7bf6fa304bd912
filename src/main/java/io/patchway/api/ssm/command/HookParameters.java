package io.patchway.api.ssm.command;

import io.patchway.api.ssm.SsmException;
import io.patchway.run.HookOccasion;
import io.patchway.run.Hooks;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

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

    private static final Map<HookOccasion, String> NAMES = Map.of(
            HookOccasion.PRE_INSTALL, BEFORE_INSTALL,
            HookOccasion.POST_INSTALL, AFTER_INSTALL,
            HookOccasion.ON_EXIT, AT_THE_END);

    private HookParameters() {}

    private static DocumentParameter hook(String name, String description) {
        return DocumentParameter.matching(
                name, description, NOTHING, "[a-zA-Z0-9_\\-.:/]{3,128}", "the name of a hook, such as " + NOTHING);
    }

    /** The hooks that do something. */
    static Map<HookOccasion, String> given(Map<String, String> values) {
        Map<HookOccasion, String> given = new EnumMap<>(HookOccasion.class);
        NAMES.forEach((occasion, parameter) -> {
            String hook = values.getOrDefault(parameter, NOTHING);
            if (!hook.equals(NOTHING)) {
                given.put(occasion, hook);
            }
        });
        return given;
    }

    /** @throws SsmException {@code InvalidDocument} when a hook is not there */
    static void check(Map<HookOccasion, String> named, Hooks hooks) {
        named.forEach((occasion, hook) -> {
            if (hooks.find(hook).isEmpty()) {
                throw new SsmException(
                        "InvalidDocument",
                        "Parameter " + NAMES.get(occasion) + " names the document " + hook
                                + ", which does not exist here. Hooks are the scripts config/hooks/NAME.sh as they were"
                                + " when Patchway was started, and " + NOTHING);
            }
        });
    }
}
