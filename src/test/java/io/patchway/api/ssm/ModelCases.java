package io.patchway.api.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Requests that are made from the file of the service model: a good one for each operation, and bad ones in each of
 * which one member is not as it must be. It reads the file by itself, and knows nothing of the check that it tests.
 */
final class ModelCases {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEEPEST = 8;
    private static final List<String> SAMPLES = List.of(
            "mi-0123456789abcdef0",
            "mw-0123456789abcdef0",
            "pb-0123456789abcdef0",
            "01234567-89ab-cdef-0123-456789abcdef",
            "abc",
            "1",
            "10%",
            "resource-groups:Name");

    private final JsonNode document;

    /**
     * A request with one bad member.
     *
     * @param path of the member in messages
     * @param shape of the member, as the file has it
     * @param value of the member
     */
    record Case(JsonNode request, String path, JsonNode shape, JsonNode value) {}

    /** Where a value stands, and how to build a request around it. */
    private record Spot(String path, String shape, Function<JsonNode, JsonNode> request, int depth) {}

    ModelCases() {
        try (InputStream file = ModelCases.class.getResourceAsStream("/ssm/model.json")) {
            document = new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Set<String> operations() {
        Set<String> names = new LinkedHashSet<>();
        document.path("operations").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** A request with the members that it needs. */
    JsonNode good(String operation) {
        return good(input(operation), 0);
    }

    /** A request with every member that there is. */
    JsonNode full(String operation) {
        return full(input(operation), 0);
    }

    /**
     * A request that the model allows, with members and values as they come.
     *
     * @param texts tried where they are allowed, in the order that chance gives them
     */
    JsonNode random(String operation, Random chance, List<String> texts) {
        return new RandomRequest(this, chance, texts).of(input(operation), 0);
    }

    /** What is wrong with the answer of an operation; empty when it is as the model says. */
    Optional<String> flaw(String operation, JsonNode answer) {
        String output =
                document.path("operations").path(operation).path("output").asText();
        return output.isEmpty() ? Optional.empty() : new AnswerFlaws(this).in(output, answer, operation);
    }

    /** One request for each required member, in which it is missing. */
    List<Case> withoutRequired(String operation) {
        List<Case> cases = new ArrayList<>();
        for (Spot spot : spots(operation)) {
            JsonNode shape = shape(spot.shape());
            shape.path("required").forEach(name -> {
                ObjectNode value = (ObjectNode) good(spot.shape(), 0);
                value.remove(name.asText());
                cases.add(new Case(
                        spot.request().apply(value), join(spot.path(), name.asText()), shape, JSON.nullNode()));
            });
        }
        return cases;
    }

    /** Requests with a value of the right type that breaks a limit of its own. */
    List<Case> outOfLimits(String operation) {
        List<Case> cases = new ArrayList<>();
        for (Spot spot : spots(operation)) {
            JsonNode shape = shape(spot.shape());
            badValues(shape)
                    .forEach(value -> cases.add(new Case(spot.request().apply(value), spot.path(), shape, value)));
        }
        return cases;
    }

    /** Requests with a value of another JSON type. */
    List<Case> ofWrongType(String operation) {
        List<Case> cases = new ArrayList<>();
        for (Spot spot : spots(operation)) {
            JsonNode shape = shape(spot.shape());
            wrongTypes(shape.path("type").asText())
                    .forEach(value -> cases.add(new Case(spot.request().apply(value), spot.path(), shape, value)));
        }
        return cases;
    }

    JsonNode shape(String name) {
        JsonNode shape = document.path("shapes").path(name);
        if (shape.isMissingNode()) {
            throw new IllegalStateException("there is no shape " + name);
        }
        return shape;
    }

    private String input(String operation) {
        return document.path("operations").path(operation).path("input").asText();
    }

    /** Every place in a request where a value can stand, except inside lists of scalars. */
    private List<Spot> spots(String operation) {
        List<Spot> spots = new ArrayList<>();
        addSpots(new Spot("", input(operation), value -> value, 0), spots);
        return spots;
    }

    private void addSpots(Spot spot, List<Spot> spots) {
        spots.add(spot);
        if (spot.depth() == DEEPEST) {
            return;
        }
        JsonNode shape = shape(spot.shape());
        shape.path("members").properties().forEach(member -> {
            Function<JsonNode, JsonNode> around =
                    value -> spot.request().apply(((ObjectNode) good(spot.shape(), 0)).set(member.getKey(), value));
            addSpots(
                    new Spot(
                            join(spot.path(), member.getKey()),
                            member.getValue().asText(),
                            around,
                            spot.depth() + 1),
                    spots);
        });
        String element = shape.path("member").asText();
        if (!element.isEmpty() && !isScalar(element)) {
            Function<JsonNode, JsonNode> around =
                    value -> spot.request().apply(JSON.arrayNode().add(value));
            addSpots(new Spot(spot.path() + ".1.member", element, around, spot.depth() + 1), spots);
        }
    }

    private boolean isScalar(String name) {
        return !Set.of("structure", "list", "map")
                .contains(shape(name).path("type").asText());
    }

    private static String join(String path, String member) {
        String name = Character.toLowerCase(member.charAt(0)) + member.substring(1);
        return path.isEmpty() ? name : path + "." + name;
    }

    JsonNode good(String name, int depth) {
        JsonNode shape = shape(name);
        return switch (shape.path("type").asText()) {
            case "structure" -> {
                ObjectNode value = JSON.objectNode();
                shape.path("required")
                        .forEach(member -> value.set(
                                member.asText(),
                                good(shape.path("members").path(member.asText()).asText(), depth + 1)));
                yield value;
            }
            case "list" -> {
                ArrayNode value = JSON.arrayNode();
                for (int i = 0; i < shape.path("min").asInt(); i++) {
                    value.add(good(shape.path("member").asText(), depth + 1));
                }
                yield value;
            }
            case "map" -> JSON.objectNode();
            case "integer", "long" -> IntNode.valueOf(shape.path("min").asInt());
            case "boolean" -> JSON.booleanNode(true);
            case "timestamp" -> JSON.numberNode(1_795_256_100.25);
            case "blob" -> TextNode.valueOf("AAAA");
            default -> goodText(shape);
        };
    }

    private JsonNode full(String name, int depth) {
        JsonNode shape = shape(name);
        return switch (shape.path("type").asText()) {
            case "structure" -> {
                ObjectNode value = JSON.objectNode();
                if (depth < DEEPEST) {
                    shape.path("members")
                            .properties()
                            .forEach(member -> value.set(
                                    member.getKey(), full(member.getValue().asText(), depth + 1)));
                }
                yield value;
            }
            case "list" -> JSON.arrayNode().add(full(shape.path("member").asText(), depth + 1));
            case "map" ->
                JSON.objectNode()
                        .set(
                                good(shape.path("key").asText(), 0).asText(),
                                full(shape.path("value").asText(), depth + 1));
            default -> good(name, depth);
        };
    }

    private static JsonNode goodText(JsonNode shape) {
        if (shape.has("enum")) {
            return shape.path("enum").get(0);
        }
        int least = shape.path("min").asInt();
        int most = shape.path("max").asInt(Integer.MAX_VALUE);
        String pattern = shape.path("pattern").asText(".*");
        return Stream.concat(SAMPLES.stream(), Stream.of("x".repeat(least)))
                .filter(text -> text.length() >= least && text.length() <= most && text.matches(pattern))
                .findFirst()
                .map(TextNode::valueOf)
                .orElseThrow(() -> new IllegalStateException("no sample for " + shape));
    }

    private List<JsonNode> badValues(JsonNode shape) {
        List<JsonNode> values = new ArrayList<>();
        int least = shape.path("min").asInt();
        int most = shape.path("max").asInt();
        switch (shape.path("type").asText()) {
            case "string" -> {
                if (shape.has("max")) {
                    values.add(TextNode.valueOf("a".repeat(most + 1)));
                    values.add(TextNode.valueOf("🦔".repeat(most + 1)));
                }
                if (least > 0) {
                    values.add(TextNode.valueOf("a".repeat(least - 1)));
                }
                if (shape.has("pattern")) {
                    values.add(TextNode.valueOf("#".repeat(Math.max(1, least))));
                    values.add(TextNode.valueOf(goodText(shape).asText() + "\n"));
                }
                if (shape.has("enum")) {
                    values.add(TextNode.valueOf("NO_SUCH_WORD"));
                    values.add(TextNode.valueOf(""));
                }
            }
            case "integer", "long" -> {
                if (shape.has("max")) {
                    values.add(IntNode.valueOf(most + 1));
                }
                if (shape.has("min")) {
                    values.add(IntNode.valueOf(least - 1));
                }
            }
            case "list" -> {
                String member = shape.path("member").asText();
                if (shape.has("max")) {
                    values.add(list(member, most + 1));
                }
                if (least > 0) {
                    values.add(list(member, least - 1));
                }
                if (isScalar(member)) {
                    badValues(shape(member))
                            .forEach(bad -> values.add(list(member, least).add(bad)));
                }
            }
            default -> {}
        }
        return values.stream().filter(value -> !broken(shape, value).isEmpty()).toList();
    }

    private ArrayNode list(String member, int size) {
        ArrayNode list = JSON.arrayNode();
        for (int i = 0; i < size; i++) {
            list.add(good(member, 0));
        }
        return list;
    }

    /** The limits of a value that it does not keep, in the words of AWS. */
    List<String> broken(JsonNode shape, JsonNode value) {
        List<String> broken = new ArrayList<>();
        limits(shape).stream().filter(limit -> !limit.holds(value)).forEach(limit -> broken.add(limit.text()));
        if (value.isArray() && isScalar(shape.path("member").asText())) {
            List<Limit> ofMember = limits(shape(shape.path("member").asText()));
            for (JsonNode element : value) {
                if (ofMember.stream().anyMatch(limit -> !limit.holds(element))) {
                    broken.add("Member must satisfy constraint: ["
                            + String.join(
                                    ", ", ofMember.stream().map(Limit::text).toList()) + "]");
                    break;
                }
            }
        }
        return broken;
    }

    private record Limit(String kind, JsonNode bound, boolean ofNumber) {
        boolean holds(JsonNode value) {
            int measure = ofNumber
                    ? value.asInt()
                    : value.isArray()
                            ? value.size()
                            : (int) value.asText().codePoints().count();
            return switch (kind) {
                case "max" -> measure <= bound.asInt();
                case "min" -> measure >= bound.asInt();
                case "pattern" -> value.asText().matches(bound.asText());
                default ->
                    Stream.iterate(0, i -> i < bound.size(), i -> i + 1)
                            .anyMatch(i -> bound.get(i).equals(value));
            };
        }

        String text() {
            String measured = ofNumber ? "value" : "length";
            return switch (kind) {
                case "max" -> "Member must have " + measured + " less than or equal to " + bound;
                case "min" -> "Member must have " + measured + " greater than or equal to " + bound;
                case "pattern" -> "Member must satisfy regular expression pattern: " + bound.asText();
                default ->
                    "Member must satisfy enum value set: "
                            + bound.toString().replace("\"", "").replace(",", ", ");
            };
        }
    }

    private static List<Limit> limits(JsonNode shape) {
        boolean ofNumber = shape.path("type").asText().matches("integer|long");
        return Stream.of("max", "min", "pattern", "enum")
                .filter(shape::has)
                .map(kind -> new Limit(kind, shape.path(kind), ofNumber))
                .toList();
    }

    private static List<JsonNode> wrongTypes(String type) {
        JsonNode text = TextNode.valueOf("text");
        JsonNode number = IntNode.valueOf(7);
        JsonNode truth = JSON.booleanNode(true);
        JsonNode list = JSON.arrayNode();
        JsonNode object = JSON.objectNode();
        return switch (type) {
            case "string", "blob" -> List.of(number, truth, list, object);
            case "integer", "long" -> List.of(text, truth, list, object, JSON.numberNode(1.5), JSON.numberNode(1e99));
            case "timestamp" -> List.of(text, truth, list, object, JSON.numberNode(1e99));
            case "boolean" -> List.of(text, number, list, object);
            case "list" -> List.of(text, number, truth, object);
            default -> List.of(text, number, truth, list);
        };
    }
}
