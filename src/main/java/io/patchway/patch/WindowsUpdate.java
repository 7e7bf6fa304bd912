package io.patchway.patch;

import java.util.List;

/**
 * What the Windows Update Agent alone tells of a patch (IUpdate, Windows Update Agent API).
 *
 * @param title as Microsoft calls it, such as {@code Update for Windows Server 2012 R2 (KB3084905)}
 * @param ids the identities of the updates that belong to its KB article and apply to the server: lower-case GUIDs
 * @param product such as {@code Windows Server 2019}; empty when the update is in no such category
 * @param productFamily such as {@code Windows} or {@code Office}; empty when it has none
 * @param bytes at most so many are downloaded
 * @param downloaded whether all of it is on the server already
 */
public record WindowsUpdate(
        String title, List<String> ids, String product, String productFamily, long bytes, boolean downloaded) {
    private static final String WINDOWS = "Windows";

    public WindowsUpdate {
        ids = List.copyOf(ids);
    }

    /** Whether it is for an application rather than for Windows itself. */
    public boolean application() {
        return !productFamily.isEmpty() && !productFamily.equalsIgnoreCase(WINDOWS);
    }
}
