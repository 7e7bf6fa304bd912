package io.patchway.api.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds what of an answer a client of AWS could not read: members that nobody knows, and values of another type. */
record AnswerFlaws(ModelCases model) {

    Optional<String> in(String name, JsonNode value, String path) {
        JsonNode shape = model.shape(name);
        String type = shape.path("type").asText();
        if (!fits(type, value)) {
            return Optional.of(path + " must be a " + type + ", but is " + value);
        }
        if (shape.has("enum") && !model.broken(shape, value).isEmpty()) {
            return Optional.of(path + " must not be " + value);
        }
        return switch (type) {
            case "structure" -> first(value.properties().stream(), member -> inMember(shape, member, path));
            case "map" ->
                first(
                        value.properties().stream(),
                        entry -> in(shape.path("value").asText(), entry.getValue(), path + "." + entry.getKey()));
            case "list" ->
                first(value.valueStream(), element -> in(shape.path("member").asText(), element, path + "[]"));
            default -> Optional.empty();
        };
    }

    private Optional<String> inMember(JsonNode structure, Map.Entry<String, JsonNode> member, String path) {
        String shape = structure.path("members").path(member.getKey()).asText();
        return shape.isEmpty()
                ? Optional.of(path + " has no member " + member.getKey())
                : in(shape, member.getValue(), path + "." + member.getKey());
    }

    private static <T> Optional<String> first(Stream<T> values, Function<T, Optional<String>> flaw) {
        return values.map(flaw).flatMap(Optional::stream).findFirst();
    }

    private static boolean fits(String type, JsonNode value) {
        return switch (type) {
            case "structure", "map" -> value.isObject();
            case "list" -> value.isArray();
            case "integer", "long" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            case "timestamp" -> value.isNumber();
            default -> value.isTextual();
        };
    }
}
