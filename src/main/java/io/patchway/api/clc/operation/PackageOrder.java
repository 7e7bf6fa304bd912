package io.patchway.api.clc.operation;

import io.patchway.config.document.Fields;
import io.patchway.config.document.Kind;
import io.patchway.config.document.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an Execute Package call asks for; nothing of it has been looked up.
 *
 * @param servers as they were written, also twice
 * @param scriptPackage id or name
 * @param parameters in the order of their names
 */
record PackageOrder(List<String> servers, String scriptPackage, Map<String, String> parameters) {
    private static final int MOST_SERVERS = 20_000;
    private static final Kind<String> SERVER = Kind.line(1, 256);
    private static final Kind<String> PACKAGE = Kind.line(1, 100);
    private static final Kind<String> PARAMETER_NAME = Kind.line(1, 100);
    private static final Kind<String> PARAMETER_VALUE = value -> switch (value) {
        case Value.Truth truth -> Boolean.toString(truth.value());
        case Value.Number number -> number.literal();
        default -> Kind.line(0, 1000).read(value);
    };

    /**
     * Reads the body of the call. Parameters that are {@code null} or not there are none; playbooks write true and
     * false without quotes.
     */
    static PackageOrder read(Fields body) {
        List<String> servers = body.need("servers").list("servers", 1, MOST_SERVERS, SERVER);
        return body.need("package")
                .lenientGroup("package")
                .map(named -> new PackageOrder(
                        servers,
                        named.required("packageId", PACKAGE).orElse(""),
                        new TreeMap<>(named.map("parameters", PARAMETER_NAME, PARAMETER_VALUE))))
                .orElse(new PackageOrder(servers, "", Map.of()));
    }

    /** The content without the form in which it was written. */
    String content() {
        StringBuilder content = new StringBuilder(scriptPackage).append('\n').append(parameters);
        servers.forEach(server -> content.append('\n').append(server));
        return content.toString();
    }
}
