package io.patchway.config;

import io.patchway.access.Role;
import io.patchway.config.document.BadDocumentException;
import io.patchway.config.document.DocumentReader;
import io.patchway.config.document.Fields;
import io.patchway.config.document.Kind;
import io.patchway.config.document.Problems;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Orders for access keys as JSON documents. */
public final class AccessKeyOrder {
    /** How long a key stays valid that another takes the place of, unless told. */
    public static final Duration KEEP = Duration.ofDays(1);

    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,4})([smhd])");
    private static final Kind<Duration> TIME =
            Kind.matching(DURATION, "a duration such as 90s, 15m, 2h or 90d").as(AccessKeyOrder::duration);
    private static final Kind<Role> ROLE =
            Kind.word(Role.class, role -> role.name().toLowerCase(Locale.ROOT));
    private static final byte[] NO_DETAILS = "{}".getBytes(StandardCharsets.UTF_8);

    private AccessKeyOrder() {}

    /** @param validFor empty: until it is revoked */
    public record Issue(String account, Role role, Optional<Duration> validFor) {}

    /** @param keepFor how long the replaced key stays valid */
    public record Rotation(Duration keepFor) {}

    public static Issue issue(String name, byte[] document) throws BadDocumentException {
        return read(
                name,
                document,
                fields -> new Issue(
                        fields.required("account", Kind.line(1, 100)).orElse(""),
                        fields.required("role", ROLE).orElse(Role.VIEWER),
                        fields.optional("validFor", TIME)),
                "account",
                "role",
                "validFor");
    }

    public static Rotation rotation(String name, byte[] document) throws BadDocumentException {
        return read(
                name,
                document,
                fields -> new Rotation(fields.optional("keepFor", TIME).orElse(KEEP)),
                "keepFor");
    }

    /** @throws IllegalArgumentException unless it is a number of {@code s}, {@code m}, {@code h} or {@code d} */
    public static Duration duration(String text) {
        if (!DURATION.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a duration such as 90s, 15m, 2h or 90d");
        }
        return Duration.parse(text.endsWith("d") ? "P" + text : "PT" + text);
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
