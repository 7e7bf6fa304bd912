package io.patchway.config;

import io.patchway.config.document.Fields;
import io.patchway.config.document.Kind;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.ConnectionSettings.WinRm;
import io.patchway.server.ConnectionSettings.WinRm.Authentication;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the group {@code connection} of a server that is reached over WinRM. Nothing of it comes from the defaults. */
final class WinRmFields {
    static final Set<String> ALL =
            Set.of("type", "host", "port", "user", "passwordFile", "https", "authentication", "trustedCertificates");

    /** {@code name}, {@code DOMAIN\name} or {@code name@domain}. */
    static final Kind<String> USER = Kind.matching(
            Pattern.compile("(?:[A-Za-z0-9._-]{1,64}\\\\)?[A-Za-z0-9_][A-Za-z0-9._-]{0,63}(?:@[A-Za-z0-9.-]{1,128})?"),
            "a Windows account such as Administrator, DOMAIN\\name or name@domain");

    private static final int HTTPS_PORT = 5986;
    private static final int HTTP_PORT = 5985;

    private final Kind<Path> path;

    WinRmFields(Kind<Path> path) {
        this.path = path;
    }

    Optional<ConnectionSettings> read(Fields fields) {
        Optional<String> host = fields.required("host", ConnectionFields.HOST);
        Optional<String> user = fields.required("user", USER);
        Optional<Path> password = fields.required("passwordFile", path);
        boolean https = fields.optional("https", Kind.truth()).orElse(true);
        Optional<Authentication> authentication = fields.optional(
                "authentication",
                Kind.word(Authentication.class, one -> one.name().toLowerCase(Locale.ROOT)));
        Optional<Integer> port = fields.optional("port", ConnectionFields.PORT);
        Optional<Path> trusted = fields.optional("trustedCertificates", path);
        Authentication chosen = authentication.orElse(Authentication.NTLM);
        if (!https && chosen != Authentication.NTLM) {
            fields.refuse("authentication", "must be ntlm when https is false: nothing else is encrypted then");
            return Optional.empty();
        }
        if (!https && trusted.isPresent()) {
            fields.refuse("trustedCertificates", "has no meaning when https is false");
            return Optional.empty();
        }
        if (host.isEmpty() || user.isEmpty() || password.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new WinRm(
                host.get(),
                port.orElse(https ? HTTPS_PORT : HTTP_PORT),
                user.get(),
                password.get(),
                https,
                chosen,
                trusted));
    }
}
