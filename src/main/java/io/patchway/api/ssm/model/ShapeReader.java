package io.patchway.api.ssm.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.api.ssm.model.Shape.Entries;
import io.patchway.api.ssm.model.Shape.Items;
import io.patchway.api.ssm.model.Shape.Kind;
import io.patchway.api.ssm.model.Shape.Scalar;
import io.patchway.api.ssm.model.Shape.Structure;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;

/** Reads one shape of the model file. */
final class ShapeReader {
    /** No pattern is tried on longer texts: no value of the service is longer, and matching takes time. */
    private static final int LONGEST_MATCHED = 100_000;

    private ShapeReader() {}

    static Shape read(JsonNode shape) {
        boolean sensitive = shape.path("sensitive").asBoolean();
        String type = shape.path("type").asText();
        return switch (type) {
            case "structure" -> new Structure(members(shape), required(shape), sensitive);
            case "list" -> new Items(shape.path("member").asText(), sensitive, bounds(shape, "length", JsonNode::size));
            case "map" ->
                new Entries(
                        shape.path("key").asText(),
                        shape.path("value").asText(),
                        sensitive,
                        bounds(shape, "length", JsonNode::size));
            case "string" -> new Scalar(Kind.TEXT, sensitive, ofText(shape));
            case "integer", "long" ->
                new Scalar(Kind.WHOLE_NUMBER, sensitive, bounds(shape, "value", JsonNode::longValue));
            case "boolean" -> new Scalar(Kind.TRUTH, sensitive, List.of());
            case "timestamp" -> new Scalar(Kind.TIME, sensitive, List.of());
            case "blob" -> new Scalar(Kind.BYTES, sensitive, bounds(shape, "length", ShapeReader::decodedLength));
            default -> throw new IllegalStateException("the model of the service has a shape of type " + type);
        };
    }

    private static Map<String, String> members(JsonNode shape) {
        Map<String, String> members = new LinkedHashMap<>();
        shape.path("members")
                .properties()
                .forEach(
                        member -> members.put(member.getKey(), member.getValue().asText()));
        return members;
    }

    private static Set<String> required(JsonNode shape) {
        Set<String> required = new LinkedHashSet<>();
        shape.path("required").forEach(name -> required.add(name.asText()));
        return required;
    }

    /** The most comes first, as with AWS. */
    private static List<Constraint> bounds(JsonNode shape, String measured, ToLongFunction<JsonNode> measure) {
        List<Constraint> constraints = new ArrayList<>();
        if (shape.has("max")) {
            long most = shape.path("max").longValue();
            constraints.add(new Constraint(
                    "Member must have " + measured + " less than or equal to " + most,
                    value -> measure.applyAsLong(value) <= most));
        }
        if (shape.has("min")) {
            long least = shape.path("min").longValue();
            constraints.add(new Constraint(
                    "Member must have " + measured + " greater than or equal to " + least,
                    value -> measure.applyAsLong(value) >= least));
        }
        return constraints;
    }

    private static List<Constraint> ofText(JsonNode shape) {
        List<Constraint> constraints = new ArrayList<>(bounds(shape, "length", ShapeReader::characters));
        if (shape.has("pattern")) {
            Pattern pattern = Pattern.compile(shape.path("pattern").asText());
            constraints.add(new Constraint(
                    "Member must satisfy regular expression pattern: " + pattern,
                    value -> matches(pattern, value.textValue())));
        }
        if (shape.has("enum")) {
            Set<String> allowed = new LinkedHashSet<>();
            shape.path("enum").forEach(word -> allowed.add(word.asText()));
            constraints.add(new Constraint(
                    "Member must satisfy enum value set: [" + String.join(", ", allowed) + "]",
                    value -> allowed.contains(value.textValue())));
        }
        return constraints;
    }

    /** The whole text must match, as with AWS, also when the pattern does not say so. */
    private static boolean matches(Pattern pattern, String text) {
        return text.length() <= LONGEST_MATCHED && pattern.matcher(text).matches();
    }

    private static long characters(JsonNode text) {
        String value = text.textValue();
        return value.codePointCount(0, value.length());
    }

    private static long decodedLength(JsonNode text) {
        return Base64.getDecoder().decode(text.textValue()).length;
    }
}
