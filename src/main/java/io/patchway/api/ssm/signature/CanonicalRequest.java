package io.patchway.api.ssm.signature;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The one form of a call that client and server agree on before it is signed. */
final class CanonicalRequest {
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private CanonicalRequest() {}

    /**
     * The text of the form. The query is taken as it was sent, so that one that nobody signed spoils the signature; the
     * body counts by its real hash, whatever a header says of it.
     */
    static String of(SignedCall call, List<String> signedHeaders) {
        StringBuilder text = new StringBuilder()
                .append(call.method())
                .append('\n')
                .append(call.path())
                .append('\n')
                .append(call.query())
                .append('\n');
        for (String name : signedHeaders) {
            text.append(name).append(':').append(value(call, name)).append('\n');
        }
        return text.append('\n')
                .append(String.join(";", signedHeaders))
                .append('\n')
                .append(Hashes.sha256Hex(call.body()))
                .toString();
    }

    private static String value(SignedCall call, String name) {
        return call.headers().all(name).stream()
                .map(value -> SPACES.matcher(value.strip()).replaceAll(" "))
                .collect(Collectors.joining(","));
    }
}
