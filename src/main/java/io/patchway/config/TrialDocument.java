package io.patchway.config;

import io.patchway.baseline.PatchBaseline;
import io.patchway.config.document.BadDocumentException;
import io.patchway.config.document.DocumentReader;
import io.patchway.config.document.Fields;
import io.patchway.config.document.Kind;
import io.patchway.config.document.Problem;
import io.patchway.config.document.Problems;
import io.patchway.config.document.Value;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A question about a baseline as a JSON document: {@code baseline} (an id, a name, or a whole baseline in the shape of
 * CreatePatchBaseline), {@code version}, {@code comparedWith} (a group of {@code baseline} and {@code version}),
 * {@code day}, {@code at}, {@code behind}, {@code limit}.
 *
 * @param limit servers in one answer, 1 to 1,000
 */
public record TrialDocument(
        Asked baseline,
        Optional<Asked> comparedWith,
        Optional<LocalDate> day,
        Optional<Instant> at,
        Optional<ServerId> behind,
        int limit) {
    private static final int USUAL_LIMIT = 100;
    private static final int HIGHEST_LIMIT = 1000;

    /** A baseline that is asked about. */
    public sealed interface Asked {
        /**
         * One that Patchway keeps.
         *
         * @param reference its id, ARN or name
         * @param version empty: its present version
         */
        record Kept(String reference, Optional<Integer> version) implements Asked {}

        /** One that stands in the question itself. */
        record Written(PatchBaseline baseline) implements Asked {}
    }

    /**
     * Reads a question.
     *
     * @param file what to call the document in problems
     * @throws BadDocumentException with everything that is wrong
     */
    public static TrialDocument read(String file, byte[] content) throws BadDocumentException {
        Problems problems = new Problems(file);
        Value document = DocumentReader.json().read(file, content);
        Fields fields =
                Fields.root(document, problems, "baseline", "version", "comparedWith", "day", "at", "behind", "limit");
        Optional<Asked> baseline =
                fields.required("baseline", TrialDocument::asked).map(found -> of(fields, found));
        Optional<Asked> other = fields.group("comparedWith", "baseline", "version")
                .flatMap(group -> group.optional("baseline", TrialDocument::asked)
                        .or(() -> baseline)
                        .map(found -> of(group, found)));
        Optional<LocalDate> day = fields.optional("day", Kind.line(10, 10).as(TrialDocument::day));
        Optional<Instant> at = fields.optional("at", Kind.line(1, 40).as(TrialDocument::instant));
        Optional<ServerId> behind = fields.optional("behind", Kind.line(1, 128).as(ServerId::new));
        int limit = fields.optional("limit", Kind.integer(1, HIGHEST_LIMIT)).orElse(USUAL_LIMIT);
        problems.throwIfAny();
        return new TrialDocument(baseline.orElseThrow(), other, day, at, behind, limit);
    }

    private static Asked asked(Value value) {
        if (!(value instanceof Value.Members)) {
            return new Asked.Kept(Kind.line(1, 200).read(value), Optional.empty());
        }
        try {
            return new Asked.Written(BaselineFile.read("baseline", value));
        } catch (BadDocumentException e) {
            throw new IllegalArgumentException(
                    e.problems().stream().map(TrialDocument::text).collect(Collectors.joining("; ")), e);
        }
    }

    private static String text(Problem problem) {
        return problem.field() + ": " + problem.message();
    }

    private static Asked of(Fields fields, Asked found) {
        Optional<Integer> version = fields.optional("version", Kind.integer(1, Integer.MAX_VALUE / 10));
        return switch (found) {
            case Asked.Kept kept -> new Asked.Kept(kept.reference(), version);
            case Asked.Written written -> {
                version.ifPresent(number ->
                        fields.refuse("version", "is for a baseline that Patchway keeps, not for one in the question"));
                yield written;
            }
        };
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("must be a day such as 2026-11-21", e);
        }
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("must be an instant such as 2026-11-21T12:00:00Z", e);
        }
    }
}
