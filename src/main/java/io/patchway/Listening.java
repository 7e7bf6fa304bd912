package io.patchway;

import io.patchway.config.BadSettingException;
import java.net.BindException;
import java.util.function.BiFunction;

/**
 * Where a door listens.
 *
 * @param property the setting that says at which port
 * @param port 0 for any free one
 */
record Listening(String property, String host, int port) {

    /**
     * Opens the door.
     *
     * @param door opens it at a host and a port
     * @throws BadSettingException when the port is taken, is not allowed, or does not belong to this machine's address
     */
    <D> D open(BiFunction<String, Integer, D> door) {
        try {
            return door.apply(host, port);
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof BindException) {
                    throw new BadSettingException(
                            property, "cannot listen on %s:%d: %s".formatted(host, port, cause.getMessage()), e);
                }
            }
            throw e;
        }
    }
}
