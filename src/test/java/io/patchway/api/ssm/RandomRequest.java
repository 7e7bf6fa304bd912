package io.patchway.api.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Values of a shape as chance gives them, all of which the model allows. */
record RandomRequest(ModelCases model, Random chance, List<String> texts) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEEPEST = 6;
    private static final int MORE = 3;

    JsonNode of(String name, int depth) {
        JsonNode shape = model.shape(name);
        return switch (shape.path("type").asText()) {
            case "structure" -> structure(shape, depth);
            case "list" -> list(shape, depth);
            case "map" -> map(shape, depth);
            case "integer", "long" -> JSON.numberNode(number(shape));
            case "boolean" -> JSON.booleanNode(chance.nextBoolean());
            case "timestamp" -> JSON.numberNode(1_795_256_100.25 + chance.nextInt(100_000));
            case "blob" -> TextNode.valueOf("AAAA");
            default -> text(name, shape);
        };
    }

    private JsonNode structure(JsonNode shape, int depth) {
        ObjectNode value = JSON.objectNode();
        List<String> required = new ArrayList<>();
        shape.path("required").forEach(member -> required.add(member.asText()));
        shape.path("members").properties().forEach(member -> {
            if (required.contains(member.getKey()) || depth < DEEPEST && chance.nextInt(MORE) == 0) {
                value.set(member.getKey(), of(member.getValue().asText(), depth + 1));
            }
        });
        return value;
    }

    private JsonNode list(JsonNode shape, int depth) {
        ArrayNode value = JSON.arrayNode();
        int least = shape.path("min").asInt();
        int size = Math.min(least + chance.nextInt(MORE), shape.path("max").asInt(Integer.MAX_VALUE));
        for (int i = 0; i < size; i++) {
            value.add(of(shape.path("member").asText(), depth + 1));
        }
        return value;
    }

    private JsonNode map(JsonNode shape, int depth) {
        ObjectNode value = JSON.objectNode();
        for (int i = chance.nextInt(MORE); i > 0; i--) {
            value.set(
                    of(shape.path("key").asText(), depth + 1).asText(),
                    of(shape.path("value").asText(), depth + 1));
        }
        return value;
    }

    private int number(JsonNode shape) {
        int least = shape.path("min").asInt(Integer.MIN_VALUE);
        int most = shape.path("max").asInt(Integer.MAX_VALUE);
        return switch (chance.nextInt(MORE)) {
            case 0 -> least;
            case 1 -> most;
            default -> (int) chance.nextLong(least, most + 1L);
        };
    }

    private JsonNode text(String name, JsonNode shape) {
        if (shape.has("enum")) {
            return shape.path("enum").get(chance.nextInt(shape.path("enum").size()));
        }
        List<String> mixed = new ArrayList<>(texts);
        Collections.shuffle(mixed, chance);
        return mixed.stream()
                .map(TextNode::valueOf)
                .filter(text -> model.broken(shape, text).isEmpty())
                .map(JsonNode.class::cast)
                .findFirst()
                .orElseGet(() -> model.good(name, 0));
    }
}
