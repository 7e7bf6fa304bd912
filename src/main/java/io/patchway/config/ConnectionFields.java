package io.patchway.config;

import io.patchway.config.document.Fields;
import io.patchway.config.document.Kind;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.ConnectionSettings.RemoteShell;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the group {@code connection} of a server, and of the defaults for all servers. */
final class ConnectionFields {
    static final String[] SHARED = {"port", "user", "privateKey", "passphraseFile", "knownHosts"};
    static final String[] ALL = {
        "type",
        "host",
        "port",
        "user",
        "privateKey",
        "passphraseFile",
        "knownHosts",
        "shell",
        "https",
        "authentication",
        "url",
        "alias",
        "server",
        "package",
        "passwordFile",
        "trustedCertificates",
        "allowUnencrypted"
    };
    private static final Set<String> OF_SSH =
            Set.of("type", "host", "port", "user", "privateKey", "passphraseFile", "knownHosts", "shell");

    static final Kind<String> HOST = Kind.matching(
            Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})|[0-9A-Fa-f:]{2,39}(?:%[A-Za-z0-9._-]{1,15})?"),
            "a host name or an IP address");
    static final Kind<Integer> PORT = Kind.integer(1, 65535);
    private static final Kind<String> USER = Kind.matching(
            Pattern.compile("[A-Za-z_][A-Za-z0-9._-]{0,31}"),
            "an account of 1 to 32 letters, digits, '.', '_' or '-', beginning with a letter");

    private final Kind<Path> path;
    private final HttpConnectionFields http;
    private final WinRmFields winRm;

    ConnectionFields(Path project) {
        this.path = Words.path(project);
        this.http = new HttpConnectionFields(path);
        this.winRm = new WinRmFields(path);
    }

    Defaults defaults(Fields fields) {
        return defaults(fields, USER);
    }

    private Defaults defaults(Fields fields, Kind<String> user) {
        return new Defaults(
                fields.optional("port", PORT),
                fields.optional("user", user),
                fields.optional("privateKey", path),
                fields.optional("passphraseFile", path),
                fields.optional("knownHosts", path));
    }

    Optional<ConnectionSettings> read(Fields fields, Optional<Defaults> shared) {
        Optional<Type> type = fields.required("type", Kind.word(Type.class, Type::word));
        if (type.isEmpty()) {
            return Optional.empty();
        }
        refuseOthers(fields, type.get());
        return switch (type.get()) {
            case LOCAL -> Optional.of(new ConnectionSettings.Local());
            case SSH -> ssh(fields, shared);
            case HTTP -> http.read(fields);
            case WINRM -> winRm.read(fields);
        };
    }

    private static void refuseOthers(Fields fields, Type type) {
        for (String name : ALL) {
            if (!type.fields().contains(name) && fields.has(name)) {
                fields.refuse(name, "has no meaning for a connection of type " + type.word());
            }
        }
    }

    private Optional<ConnectionSettings> ssh(Fields fields, Optional<Defaults> shared) {
        RemoteShell shell = fields.optional(
                        "shell", Kind.word(RemoteShell.class, one -> one.name().toLowerCase(Locale.ROOT)))
                .orElse(RemoteShell.SH);
        boolean windows = shell == RemoteShell.POWERSHELL;
        Defaults own = defaults(fields, windows ? WinRmFields.USER : USER);
        Optional<String> host = fields.required("host", HOST);
        Optional<Path> key = needed(fields, "privateKey", own, shared, Defaults::privateKey);
        Optional<Path> knownHosts = needed(fields, "knownHosts", own, shared, Defaults::knownHosts);
        if (host.isEmpty() || key.isEmpty() || knownHosts.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ConnectionSettings.Ssh(
                host.get(),
                either(own, shared, Defaults::port).orElse(22),
                windows
                        ? own.user().orElse("Administrator")
                        : either(own, shared, Defaults::user).orElse("root"),
                key.get(),
                either(own, shared, Defaults::passphraseFile),
                knownHosts.get(),
                shell));
    }

    private static <T> Optional<T> needed(
            Fields fields, String name, Defaults own, Optional<Defaults> shared, Function<Defaults, Optional<T>> part) {
        Optional<T> value = either(own, shared, part);
        if (value.isEmpty() && !fields.has(name)) {
            fields.refuse(name, "is missing here and in defaults.connection");
        }
        return value;
    }

    private static <T> Optional<T> either(
            Defaults own, Optional<Defaults> shared, Function<Defaults, Optional<T>> part) {
        return part.apply(own).or(() -> shared.flatMap(part));
    }

    /** What may be said once for all servers. */
    record Defaults(
            Optional<Integer> port,
            Optional<String> user,
            Optional<Path> privateKey,
            Optional<Path> passphraseFile,
            Optional<Path> knownHosts) {}

    private enum Type {
        SSH("ssh", OF_SSH),
        LOCAL("local", Set.of("type")),
        HTTP("http", HttpConnectionFields.ALL),
        WINRM("winrm", WinRmFields.ALL);

        private final String word;
        private final Set<String> fields;

        Type(String word, Set<String> fields) {
            this.word = word;
            this.fields = fields;
        }

        String word() {
            return word;
        }

        /** Those that have a meaning for it. */
        Set<String> fields() {
            return fields;
        }
    }
}
