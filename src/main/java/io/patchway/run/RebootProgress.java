package io.patchway.run;

/** What a server says about a reboot that an operation may have asked for. */
public enum RebootProgress {
    /** It still runs the boot in question and was never told. */
    NOT_TOLD,
    /** It was told, and still runs the boot in question. */
    TOLD,
    /** It runs another boot by now. */
    OTHER_BOOT
}
