package io.patchway.baseline;

/** What becomes of a rejected patch. */
public enum RejectedPatchesAction {
    /** Not installed for its own sake, but allowed in when an approved package needs it. */
    ALLOW_AS_DEPENDENCY,
    /** Never installed, and neither is anything that needs it. */
    BLOCK
}
