package io.patchway.api.ssm.signature;

import java.util.List;
import java.util.Optional;

/**
 * An HTTP call as it came in, as far as a signature covers it.
 *
 * @param path as sent, such as {@code /}
 * @param query as sent, without the question mark; may be empty
 */
public record SignedCall(String method, String path, String query, Headers headers, byte[] body) {

    /** The values of a header in the order in which they came, whatever its letter case; empty when it is absent. */
    @FunctionalInterface
    public interface Headers {
        List<String> all(String name);
    }

    Optional<String> header(String name) {
        return headers.all(name).stream().findFirst();
    }
}
