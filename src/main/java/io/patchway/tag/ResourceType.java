package io.patchway.tag;

/** What can carry tags. */
public enum ResourceType {
    MANAGED_INSTANCE("ManagedInstance"),
    MAINTENANCE_WINDOW("MaintenanceWindow"),
    PATCH_BASELINE("PatchBaseline");

    private final String word;

    ResourceType(String word) {
        this.word = word;
    }

    /** Its name in AWS Systems Manager. */
    public String word() {
        return word;
    }
}
