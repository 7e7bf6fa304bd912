package io.patchway.config;

import io.patchway.config.document.BadDocumentException;
import io.patchway.config.document.DocumentReader;
import io.patchway.config.document.Fields;
import io.patchway.config.document.Kind;
import io.patchway.config.document.Problems;
import io.patchway.rollout.HealthGate;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code config/gates.yaml}: the health gates that a rollout may name. */
public final class GatesFile {
    private static final Duration USUAL = Duration.ofSeconds(30);
    private static final Kind<Duration> TIMEOUT = Words.DURATION.as(timeout -> {
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException("must be from 1s to 5m");
        }
        return timeout;
    });
    private static final Kind<URI> URL = Kind.line(1, 2000).as(GatesFile::url);

    private final Path file;

    public GatesFile(Path file) {
        this.file = file;
    }

    /** Reads the file. When it has a problem, no gate of it is taken; when it does not exist, there is none. */
    public Loaded<List<HealthGate>> load() {
        if (Files.notExists(file)) {
            return new Loaded<>(List.of(), List.of());
        }
        try {
            return new Loaded<>(read(), List.of());
        } catch (BadDocumentException e) {
            return new Loaded<>(List.of(), e.problems());
        }
    }

    private List<HealthGate> read() throws BadDocumentException {
        Problems problems = new Problems(file.toString());
        Fields root = Fields.root(DocumentReader.yaml().read(file), problems, "gates");
        Set<String> seen = new HashSet<>();
        List<HealthGate> gates = root.groups(
                "gates", 0, 100, fields -> gate(fields, seen), "name", "timeout", "url", "status", "command");
        problems.throwIfAny();
        return gates;
    }

    private static Optional<HealthGate> gate(Fields fields, Set<String> seen) {
        Optional<String> name = fields.required("name", Words.GATE_NAME);
        Duration timeout = fields.optional("timeout", TIMEOUT).orElse(USUAL);
        Optional<URI> url = fields.optional("url", URL);
        int status = fields.optional("status", Kind.integer(100, 599)).orElse(200);
        List<String> command = fields.list("command", 1, 50, Kind.line(1, 1000));
        if (fields.has("url") == fields.has("command")) {
            fields.refuse("url", "is needed, or else a command; one of the two");
            return Optional.empty();
        }
        if (fields.has("status") && fields.has("command")) {
            fields.refuse("status", "is for a url; a command is well when it ends with 0");
        }
        if (name.isPresent() && !seen.add(name.get())) {
            fields.refuse("name", "'" + name.get() + "' already stands for a gate");
        }
        return name.flatMap(called -> fields.has("command")
                ? Optional.<HealthGate>of(new HealthGate.Command(called, timeout, command))
                : url.map(page -> new HealthGate.WebPage(called, timeout, page, status)));
    }

    private static URI url(String text) {
        String allowed = "must be an address such as https://www.example.com/health, without a user and a fragment";
        try {
            URI url = URI.create(text);
            boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            if (!web || url.getHost() == null || url.getUserInfo() != null || url.getFragment() != null) {
                throw new IllegalArgumentException(allowed);
            }
            return url;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(allowed, e);
        }
    }
}
