package io.patchway.api.ssm;

import java.io.Serial;

/** A call that is refused in the words of AWS Systems Manager. Nothing of it has been carried out. */
public final class SsmException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code the error code, such as {@code DoesNotExistException}; it decides the exception class in every SDK
     * @param message what is wrong and what to do, for people
     */
    public SsmException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** A request whose members are well-formed but do not fit together. */
    public static SsmException invalid(String message) {
        return new SsmException("ValidationException", message);
    }

    public String code() {
        return code;
    }
}
