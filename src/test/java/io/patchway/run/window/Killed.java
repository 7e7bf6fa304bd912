package io.patchway.run.window;

import java.io.Serial;

/** The node is no more. */
final class Killed extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;
}
