package io.patchway.console;

/** What people create in the console and give a name; of each kind, a name is given once. */
public enum ItemKind {
    SCAN_TEMPLATE,
    DEPLOYMENT_TEMPLATE,
    PATCH_GROUP,
    MACHINE_GROUP,
    CREDENTIAL
}
