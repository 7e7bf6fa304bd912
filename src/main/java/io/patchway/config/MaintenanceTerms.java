package io.patchway.config;

import io.patchway.config.document.BadDocumentException;
import io.patchway.config.document.DocumentReader;
import io.patchway.config.document.Fields;
import io.patchway.config.document.Kind;
import io.patchway.config.document.Problems;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * How a server is to be in maintenance mode, as a JSON document with {@code reason} and one of {@code until} and
 * {@code for}, all of them optional; an empty document says nothing of them.
 *
 * @param until when it ends
 * @param length how long it lasts from now on
 */
public record MaintenanceTerms(Optional<String> reason, Optional<Instant> until, Optional<Duration> length) {
    /** How far off the end of a maintenance mode may be. */
    public static final Duration FURTHEST = Duration.ofDays(366);

    private static final Kind<Instant> TIME = Kind.line(1, 40).as(MaintenanceTerms::time);
    private static final Kind<Duration> LENGTH = Kind.line(1, 10).as(AccessKeyOrder::duration);
    private static final byte[] NO_DETAILS = "{}".getBytes(StandardCharsets.UTF_8);

    /** Reads the terms. */
    public static MaintenanceTerms read(String name, byte[] document) throws BadDocumentException {
        Problems problems = new Problems(name);
        Fields fields = Fields.root(
                DocumentReader.jsonInAnyCase().read(name, document.length == 0 ? NO_DETAILS : document),
                problems,
                "reason",
                "until",
                "for");
        if (fields.has("until") && fields.has("for")) {
            fields.refuse("for", "says when it ends, and so does until; one of the two is enough");
        }
        MaintenanceTerms terms = new MaintenanceTerms(
                fields.optional("reason", Kind.line(1, 500)),
                fields.optional("until", TIME),
                fields.optional("for", LENGTH));
        problems.throwIfAny();
        return terms;
    }

    /**
     * When it ends, if anything is said about that.
     *
     * @throws IllegalArgumentException when the end has passed, or is too far off
     */
    public Optional<Instant> end(Instant now) {
        Optional<Instant> end = until.or(() -> length.map(now::plus));
        end.ifPresent(time -> check(time, now));
        return end;
    }

    private static void check(Instant end, Instant now) {
        if (!end.isAfter(now)) {
            throw new IllegalArgumentException("a maintenance mode that ends at " + end + " would be over already");
        }
        if (end.isAfter(now.plus(FURTHEST))) {
            throw new IllegalArgumentException("a maintenance mode lasts at most " + FURTHEST.toDays() + " days");
        }
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("must be a time such as 2026-11-30T18:00:00Z", e);
        }
    }
}
