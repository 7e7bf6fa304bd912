package io.patchway.config;

import io.patchway.config.document.BadDocumentException;
import io.patchway.config.document.DocumentReader;
import io.patchway.config.document.Fields;
import io.patchway.config.document.Kind;
import io.patchway.config.document.Problems;
import io.patchway.server.ServerId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Orders to a rollout as JSON documents; an empty document is an order without details. */
public final class RolloutOrder {
    private static final Kind<String> REASON = Kind.line(1, 500);
    private static final Kind<ServerId> SERVER = Kind.line(1, 256).as(ServerId::new);
    private static final byte[] NO_DETAILS = "{}".getBytes(StandardCharsets.UTF_8);

    private RolloutOrder() {}

    /** @param reason why, for people */
    public record Pause(Optional<String> reason) {}

    /** @param pastGate whether to go on although the health gate refused */
    public record Resume(boolean pastGate) {}

    /** @param servers whose runs; empty: all */
    public record Cancel(Set<ServerId> servers, Optional<String> reason) {
        public Cancel {
            servers = Set.copyOf(servers);
        }
    }

    public static Pause pause(String name, byte[] document) throws BadDocumentException {
        return read(name, document, fields -> new Pause(fields.optional("reason", REASON)), "reason");
    }

    public static Resume resume(String name, byte[] document) throws BadDocumentException {
        return read(
                name,
                document,
                fields -> new Resume(fields.optional("pastGate", Kind.truth()).orElse(false)),
                "pastGate");
    }

    public static Cancel cancel(String name, byte[] document) throws BadDocumentException {
        return read(
                name,
                document,
                fields -> new Cancel(
                        Set.copyOf(fields.list("servers", 1, 20_000, SERVER)), fields.optional("reason", REASON)),
                "servers",
                "reason");
    }

    private static <T> T read(String name, byte[] document, Function<Fields, T> reader, String... allowed)
            throws BadDocumentException {
        Problems problems = new Problems(name);
        Fields fields = Fields.root(
                DocumentReader.jsonInAnyCase().read(name, document.length == 0 ? NO_DETAILS : document),
                problems,
                allowed);
        T order = reader.apply(fields);
        problems.throwIfAny();
        return order;
    }
}
