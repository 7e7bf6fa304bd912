package io.patchway.console;

/** What a console was asked for. */
public enum JobKind {
    SCAN,
    DEPLOYMENT
}
