package io.patchway.api.ivanti.template;

import io.patchway.api.ivanti.PatchIds;
import io.patchway.patch.Patch;
import io.patchway.scan.HostFacts;
import io.patchway.server.PatchFamily;
import java.util.UUID;

/**
 * A patch that the repositories of some servers offer.
 *
 * @param host one of those servers
 */
record Offer(HostFacts host, PatchFamily family, Patch patch) {
    UUID id() {
        return PatchIds.patch(host.osId(), patch.key(), patch.version().text());
    }

    int vulnerability() {
        return PatchIds.vulnerability(id());
    }

    String bulletin() {
        return PatchIds.bulletin(patch);
    }

    String kb() {
        return PatchIds.kb(patch.key(), patch.version());
    }

    /** How a patch group calls it: by its advisory, which holds all packages that belong together, else as package. */
    String groupEntry() {
        return family == PatchFamily.APT || bulletin().isEmpty() ? patch.key().toString() : bulletin();
    }
}
