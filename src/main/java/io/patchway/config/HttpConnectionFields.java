package io.patchway.config;

import io.patchway.config.document.Fields;
import io.patchway.config.document.Kind;
import io.patchway.server.ConnectionSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads the group {@code connection} of a server that another site patches. */
final class HttpConnectionFields {
    static final Set<String> ALL = Set.of(
            "type",
            "url",
            "alias",
            "user",
            "passwordFile",
            "server",
            "package",
            "trustedCertificates",
            "allowUnencrypted");

    private static final UUID YUM_UPDATE = UUID.fromString("c3c6642e-24e1-4c37-b56a-1cf1476ee360");
    private static final Pattern PLAIN_PATH = Pattern.compile("(?:/[A-Za-z0-9._~-]+)*/?");
    private static final Pattern OWN_MACHINE = Pattern.compile("localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]");

    private static final Kind<URI> URL = Kind.line(1, 500).as(HttpConnectionFields::url);
    private static final Kind<String> NAME = Kind.matching(
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}"),
            "1 to 128 letters, digits, '.', '_' or '-', beginning with a letter or digit");
    private static final Kind<String> USER = Kind.line(1, 200);
    private static final Kind<UUID> PACKAGE = Kind.matching(
                    Pattern.compile("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"),
                    "the id of a package such as " + YUM_UPDATE)
            .as(UUID::fromString);

    private final Kind<Path> path;

    /** @param path how paths are read */
    HttpConnectionFields(Kind<Path> path) {
        this.path = path;
    }

    Optional<ConnectionSettings> read(Fields fields) {
        Optional<URI> url = fields.required("url", URL);
        Optional<String> user = fields.required("user", USER);
        Optional<Path> passwordFile = fields.required("passwordFile", path);
        Optional<String> server = fields.required("server", NAME);
        Optional<String> alias = fields.optional("alias", NAME);
        Optional<UUID> scriptPackage = fields.optional("package", PACKAGE);
        Optional<Path> certificates = fields.optional("trustedCertificates", path);
        boolean allowed = fields.optional("allowUnencrypted", Kind.truth()).orElse(false);
        url.filter(open -> isOpen(open) && !allowed && !isOwnMachine(open))
                .ifPresent(open -> fields.refuse(
                        "url",
                        "must begin with https://, or the password travels for all to read; allowUnencrypted:"
                                + " true sends it all the same"));
        url.filter(open -> isOpen(open) && certificates.isPresent())
                .ifPresent(open -> fields.refuse("trustedCertificates", "has no meaning for an url with http://"));
        if (url.isEmpty() || user.isEmpty() || passwordFile.isEmpty() || server.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ConnectionSettings.Http(
                url.get(),
                alias,
                user.get(),
                passwordFile.get(),
                server.get(),
                scriptPackage.orElse(YUM_UPDATE),
                certificates));
    }

    private static boolean isOpen(URI url) {
        return url.getScheme().equals("http");
    }

    private static boolean isOwnMachine(URI url) {
        return OWN_MACHINE.matcher(url.getHost().toLowerCase(Locale.ROOT)).matches();
    }

    private static URI url(String text) {
        String wanted = "must be the address of a site such as https://patchway.example.com:8470";
        try {
            URI url = URI.create(text);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            boolean plain = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
            if (!web
                    || !plain
                    || url.getHost() == null
                    || url.getPort() > 65535
                    || !PLAIN_PATH.matcher(url.getRawPath()).matches()) {
                throw new IllegalArgumentException(wanted);
            }
            return URI.create(text.replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(wanted, e);
        }
    }
}
