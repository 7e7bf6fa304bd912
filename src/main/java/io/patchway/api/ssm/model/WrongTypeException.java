package io.patchway.api.ssm.model;

import java.io.Serial;

/** A member is of another JSON type than the model says. */
public final class WrongTypeException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    WrongTypeException(String message, String path) {
        super(path.isEmpty() ? message : message + " (at '" + path + "')");
    }
}
