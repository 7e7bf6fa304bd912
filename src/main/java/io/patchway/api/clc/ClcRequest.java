package io.patchway.api.clc;

import io.javalin.http.Context;
import io.patchway.config.document.BadDocumentException;
import io.patchway.config.document.DocumentReader;
import io.patchway.config.document.Fields;
import io.patchway.config.document.Kind;
import io.patchway.config.document.Problem;
import io.patchway.config.document.Problems;
import io.patchway.config.document.Value;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpException;

/**
 * Reads the bodies of calls as the real service did: names of fields in any letter case, unknown fields ignored, the
 * content type taken lightly. Everything wrong is told at once in {@code modelState}.
 */
public final class ClcRequest {
    private static final String ROOT = "body";
    private static final int MOST_FORM_BYTES = 64 * 1024;

    private ClcRequest() {}

    /**
     * Reads a JSON object.
     *
     * @param reader what is to be made of its fields; what it refuses or misses becomes a refusal
     * @throws ClcRefusal 400, or 413 when the body is too large
     */
    public static <T> T read(Context context, Function<Fields, T> reader) {
        return read(body(context, DocumentReader.MAX_BYTES), reader);
    }

    /**
     * Reads a JSON object, or a form whose fields then are text.
     *
     * @param reader what is to be made of its fields; what it refuses or misses becomes a refusal
     * @throws ClcRefusal 400, or 413 when the body is too large
     */
    public static <T> T readJsonOrForm(Context context, Function<Fields, T> reader) {
        byte[] body = body(context, DocumentReader.MAX_BYTES);
        if (!isForm(context, body)) {
            return read(body, reader);
        }
        Problems problems = new Problems(ROOT);
        return finished(problems, reader.apply(Fields.lenientRoot(form(body), problems)));
    }

    /**
     * Reads a JSON list of values of one kind.
     *
     * @throws ClcRefusal 400, or 413 when the body is too large
     */
    public static <T> List<T> readList(Context context, int least, int most, Kind<T> kind) {
        Problems problems = new Problems(ROOT);
        Value value = json(body(context, DocumentReader.MAX_BYTES));
        if (!(value instanceof Value.Items items)) {
            problems.add(value.place(), "", "must be a list, but is " + value.kind());
            return finished(problems, List.of());
        }
        int count = items.values().size();
        if (count < least || count > most) {
            problems.add(value.place(), "", "must have %d to %d entries, but has %d".formatted(least, most, count));
            return finished(problems, List.of());
        }
        List<T> read = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            try {
                read.add(kind.read(items.values().get(i)));
            } catch (IllegalArgumentException e) {
                problems.add(items.values().get(i).place(), "[" + i + "]", e.getMessage());
            }
        }
        return finished(problems, read);
    }

    private static <T> T read(byte[] body, Function<Fields, T> reader) {
        Problems problems = new Problems(ROOT);
        return finished(problems, reader.apply(Fields.lenientRoot(json(body), problems)));
    }

    private static Value json(byte[] body) {
        try {
            return DocumentReader.jsonInAnyCase().read(ROOT, body);
        } catch (BadDocumentException e) {
            throw refusal(e);
        }
    }

    private static <T> T finished(Problems problems, T read) {
        try {
            problems.throwIfAny();
            return read;
        } catch (BadDocumentException e) {
            throw refusal(e);
        }
    }

    private static ClcRefusal refusal(BadDocumentException bad) {
        Map<String, List<String>> modelState = new LinkedHashMap<>();
        for (Problem problem : bad.problems()) {
            modelState
                    .computeIfAbsent(path(problem.field()), path -> new ArrayList<>())
                    .add(problem.message());
        }
        return new ClcRefusal(400, "The request is invalid.", modelState);
    }

    private static String path(String field) {
        return field.isEmpty() || field.startsWith("[") ? ROOT + field : ROOT + "." + field;
    }

    private static byte[] body(Context context, int most) {
        byte[] body;
        try {
            body = context.req().getInputStream().readNBytes(most + 1);
        } catch (IOException | HttpException.RuntimeException e) {
            throw new ClcRefusal(400, "The body could not be read to its end.");
        }
        if (body.length > most) {
            throw new ClcRefusal(413, "A request has at most " + most + " bytes.");
        }
        return body;
    }

    /** What begins as JSON is JSON, whatever the client calls it. */
    private static boolean isForm(Context context, byte[] body) {
        String type =
                Optional.ofNullable(context.header("Content-Type")).orElse("").toLowerCase(Locale.ROOT);
        boolean json = new String(body, 0, Math.min(body.length, 64), StandardCharsets.ISO_8859_1)
                .stripLeading()
                .startsWith("{");
        return type.contains("x-www-form-urlencoded") && !json;
    }

    private static Value form(byte[] body) {
        if (body.length > MOST_FORM_BYTES) {
            throw new ClcRefusal(413, "A form has at most " + MOST_FORM_BYTES + " bytes.");
        }
        Value.Place place = new Value.Place(1, 1);
        Map<String, Value.Member> members = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String pair : new String(body, StandardCharsets.UTF_8).strip().split("&")) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            Value value = new Value.Text(place, decoded(equals < 0 ? "" : pair.substring(equals + 1)));
            if (members.putIfAbsent(name, new Value.Member(name, place, value)) != null) {
                throw new ClcRefusal(
                        400, "The request is invalid.", Map.of(path(name), List.of("stands here a second time")));
            }
        }
        return new Value.Members(place, members);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ClcRefusal(400, "The form is not encoded as forms are.");
        }
    }
}
