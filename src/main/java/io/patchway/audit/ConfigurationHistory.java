package io.patchway.audit;

import java.util.Map;

/** Remembers what the configuration of this node was when it last started. */
public interface ConfigurationHistory {

    /**
     * Records every item that was added, changed or removed since the last call, as entries of the audit log, and
     * remembers the present ones in the same transaction.
     *
     * @param present the fingerprint of each item, such as {@code file config/servers.yaml}; never a secret
     * @return how many items differ
     */
    int compare(Map<String, String> present);
}
