package io.patchway.config;

/** A property of {@code config/application.properties} has a value that cannot be used. */
public final class BadSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param trouble what is wrong and what is allowed */
    public BadSettingException(String property, String trouble) {
        super("config/application.properties: " + property + ": " + trouble);
    }

    /** @param cause what came of using it */
    public BadSettingException(String property, String trouble, Throwable cause) {
        this(property, trouble);
        initCause(cause);
    }

    BadSettingException(String property, String value, String allowed) {
        this(property, "'" + value + "' is not allowed; it must be " + allowed);
    }
}
