package io.patchway.run;

import java.util.Locale;
import java.util.Optional;

/** What another site can be asked for. The API to it knows packages, and nothing else. */
public final class HandOverTerms {
    private static final String WHO = "is patched by another site, ";

    private HandOverTerms() {}

    /** Why another site cannot be asked for what was accepted; empty when it can. */
    public static Optional<String> refusal(PatchRequest request) {
        return refusal(request.operation(), request.baseline().isPresent(), request.rebootOption(), request.special());
    }

    /** Why another site cannot be asked for what somebody wrote; empty when it can. */
    static Optional<String> refusal(RequestForm form) {
        return refusal(form.operation(), form.baseline().isPresent(), form.rebootOption(), form.special());
    }

    private static Optional<String> refusal(
            Operation operation, boolean namesBaseline, RebootOption rebootOption, SpecialOrders special) {
        if (operation != Operation.INSTALL) {
            String wish = operation.name().toLowerCase(Locale.ROOT);
            return Optional.of(WHO + "which can be asked to install, but not to " + wish);
        }
        if (namesBaseline || special.override().isPresent()) {
            return Optional.of(WHO + "which decides itself what is approved: it cannot be given a baseline");
        }
        if (rebootOption == RebootOption.NEVER) {
            return Optional.of(WHO + "which decides itself about reboots: it cannot be told never to");
        }
        return special.hooks().isEmpty() ? Optional.empty() : Optional.of(WHO + "which does not run our hooks");
    }
}
