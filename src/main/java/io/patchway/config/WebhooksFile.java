package io.patchway.config;

import io.patchway.config.document.BadDocumentException;
import io.patchway.config.document.DocumentReader;
import io.patchway.config.document.Fields;
import io.patchway.config.document.Kind;
import io.patchway.config.document.Problems;
import io.patchway.run.MailOutbox;
import io.patchway.run.Webhook;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code config/webhooks.yaml}: who is told of requests over HTTP. */
public final class WebhooksFile {
    private static final Kind<String> NAME =
            Kind.matching(Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,62}"), "1 to 63 letters, digits or '-'");
    private static final Kind<URI> ADDRESS = Kind.line(1, 2000).as(WebhooksFile::address);
    private static final Kind<MailOutbox.Kind> EVENT =
            Kind.word(MailOutbox.Kind.class, kind -> kind.name().toLowerCase(Locale.ROOT));
    private static final Kind<Path> FILE = Kind.line(1, 1000).as(Path::of);
    /** What Camel would take for a part of its own language, in a path. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/._~!$&'()*+,;=:@%-]*");

    private final Path file;

    public WebhooksFile(Path file) {
        this.file = file;
    }

    /** Reads the file. When it has a problem, no webhook of it is taken; when it does not exist, there is none. */
    public Loaded<List<Webhook>> load() {
        if (Files.notExists(file)) {
            return new Loaded<>(List.of(), List.of());
        }
        try {
            return new Loaded<>(read(), List.of());
        } catch (BadDocumentException e) {
            return new Loaded<>(List.of(), e.problems());
        }
    }

    private List<Webhook> read() throws BadDocumentException {
        Problems problems = new Problems(file.toString());
        Set<String> seen = new HashSet<>();
        List<Webhook> webhooks = Fields.root(DocumentReader.yaml().read(file), problems, "webhooks")
                .groups("webhooks", 0, 100, fields -> webhook(fields, seen), "name", "url", "events", "secretFile");
        problems.throwIfAny();
        return webhooks;
    }

    private static Optional<Webhook> webhook(Fields fields, Set<String> seen) {
        Optional<String> name = fields.required("name", NAME);
        Optional<URI> url = fields.required("url", ADDRESS);
        List<MailOutbox.Kind> events = fields.need("events").list("events", 1, 2, EVENT);
        Optional<Path> secretFile = fields.optional("secretFile", FILE);
        if (secretFile.isPresent() && !Files.isReadable(secretFile.get())) {
            fields.refuse("secretFile", "cannot be read: " + secretFile.get());
        }
        if (name.isPresent() && !seen.add(name.get())) {
            fields.refuse("name", "'" + name.get() + "' is already the name of a webhook");
        }
        return name.flatMap(own -> url.map(address -> new Webhook(own, address, Set.copyOf(events), secretFile)));
    }

    private static URI address(String text) {
        URI url = URI.create(text);
        boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!web || url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "must be an address such as https://hooks.example.com/path, without a user name and '#'");
        }
        if (!PLAIN.matcher(url.getRawPath()).matches()) {
            throw new IllegalArgumentException("has a path with unusual characters; write them as %XX");
        }
        return url;
    }
}
