package io.patchway.config;

import io.patchway.access.Role;
import io.patchway.access.User;
import io.patchway.access.UserDesk.Edit;
import io.patchway.config.document.BadDocumentException;
import io.patchway.config.document.DocumentReader;
import io.patchway.config.document.Fields;
import io.patchway.config.document.Kind;
import io.patchway.config.document.Problems;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Orders for users as JSON documents. */
public final class UserOrder {
    private static final Kind<Role> ROLE =
            Kind.word(Role.class, role -> role.name().toLowerCase(Locale.ROOT));
    private static final Kind<String> LINE = Kind.line(1, 100);
    private static final Kind<String> EMAIL = Kind.line(0, 254);
    private static final Kind<String> PASSWORD = Kind.line(1, 1000);
    private static final int MOST_ALIASES = 100;
    private static final byte[] NO_DETAILS = "{}".getBytes(StandardCharsets.UTF_8);

    private UserOrder() {}

    /** @param password empty: one is made at random */
    public record Add(User user, Optional<String> password) {
        /** Without the password. */
        @Override
        public String toString() {
            return user.toString();
        }
    }

    public static Add add(String name, byte[] document) throws BadDocumentException {
        return read(
                name,
                document,
                fields -> {
                    User user = new User(
                            fields.required("name", LINE).orElse(""),
                            fields.required("role", ROLE).orElse(Role.VIEWER),
                            aliases(fields),
                            fields.optional("email", EMAIL).filter(email -> !email.isEmpty()));
                    return new Add(user, fields.optional("password", PASSWORD));
                },
                "name",
                "role",
                "aliases",
                "email",
                "password");
    }

    public static Edit edit(String name, byte[] document) throws BadDocumentException {
        return read(
                name,
                document,
                fields -> new Edit(
                        fields.optional("role", ROLE),
                        fields.has("aliases") ? Optional.of(aliases(fields)) : Optional.empty(),
                        fields.optional("email", EMAIL)),
                "role",
                "aliases",
                "email");
    }

    /** The password in an order; empty: one is made at random. */
    public static Optional<String> password(String name, byte[] document) throws BadDocumentException {
        return read(name, document, fields -> fields.optional("password", PASSWORD), "password");
    }

    private static Set<String> aliases(Fields fields) {
        return new LinkedHashSet<>(fields.list("aliases", 0, MOST_ALIASES, LINE));
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
