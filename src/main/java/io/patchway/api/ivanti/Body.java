package io.patchway.api.ivanti;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A JSON object as clients write it: names in any letter case, numbers and truth values also as texts, null and an
 * empty text as if nothing were there, unknown names passed over. What is there must make sense.
 */
public final class Body {
    private static final int LONGEST_TEXT = 1000;
    private static final int MOST_ITEMS = 10_000;

    private final Map<String, JsonNode> members = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final String place;

    /** The objects or texts of an array. */
    public record Items(List<JsonNode> nodes) {}

    private Body(JsonNode object, String place) {
        this.place = place;
        object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
    }

    static Body object(byte[] document) {
        JsonNode node = read(document);
        if (!node.isObject()) {
            throw new IvantiRefusal(400, "The body must be a JSON object.");
        }
        return new Body(node, "");
    }

    static Items items(byte[] document) {
        JsonNode node = read(document);
        List<JsonNode> nodes = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(nodes::add);
        } else {
            nodes.add(node);
        }
        return new Items(limited("The body", nodes));
    }

    private static JsonNode read(byte[] document) {
        JsonNode node;
        try {
            node = IvantiJson.read(document);
        } catch (StreamConstraintsException e) {
            throw new IvantiRefusal(400, "The body is nested too deeply, or holds too long a name or number.");
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " in line %d, column %d"
                            .formatted(
                                    e.getLocation().getLineNr(), e.getLocation().getColumnNr());
            throw new IvantiRefusal(400, "The body is no well-formed JSON" + where + ".");
        } catch (IOException e) {
            throw new IvantiRefusal(400, "The body is no text in UTF-8.");
        }
        return node == null || node.isMissingNode() ? JsonNodeFactory.instance.nullNode() : node;
    }

    /** Reads an item of {@link Items} as an object. */
    public static Body of(JsonNode node, String place) {
        if (!node.isObject()) {
            throw IvantiRefusal.of(place, "must be an object");
        }
        return new Body(node, place + ".");
    }

    private Optional<JsonNode> find(String name) {
        return Optional.ofNullable(members.get(name))
                .filter(node -> !node.isNull())
                .filter(node -> !node.isTextual() || !node.textValue().isBlank());
    }

    private IvantiRefusal wrong(String name, String problem) {
        return IvantiRefusal.of(place + name, problem);
    }

    public Optional<String> text(String name) {
        return find(name).map(node -> {
            if (!node.isValueNode()) {
                throw wrong(name, "must be a text");
            }
            return checked(name, node.asText().strip());
        });
    }

    /** A text with every blank that it has, such as a password; nothing of it is in messages. */
    public Optional<String> exactText(String name) {
        return Optional.ofNullable(members.get(name))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> !text.isEmpty());
    }

    /** Bytes, as an array of numbers or in Base64. */
    public Optional<byte[]> bytes(String name, int most) {
        Optional<byte[]> bytes = find(name).map(node -> node.isArray() ? listed(name, node) : decoded(name, node));
        if (bytes.filter(given -> given.length > most).isPresent()) {
            throw wrong(name, "has at most " + most + " bytes");
        }
        return bytes;
    }

    private byte[] listed(String name, JsonNode array) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (JsonNode node : array) {
            int number = whole(name, node);
            if (number < 0 || number > 255) {
                throw wrong(name, "must hold bytes, each from 0 to 255");
            }
            bytes.write(number);
        }
        return bytes.toByteArray();
    }

    private byte[] decoded(String name, JsonNode node) {
        try {
            return Base64.getDecoder().decode(node.isTextual() ? node.textValue() : "%");
        } catch (IllegalArgumentException e) {
            throw wrong(name, "must be an array of bytes, or Base64");
        }
    }

    private String checked(String name, String text) {
        if (text.length() > LONGEST_TEXT) {
            throw wrong(name, "has at most " + LONGEST_TEXT + " characters");
        }
        if (text.chars().anyMatch(letter -> letter < ' ' || letter == 0x7f)) {
            throw wrong(name, "must not hold control characters");
        }
        return text;
    }

    /** @throws IvantiRefusal when it is missing or blank */
    public String requiredText(String name) {
        return text(name).orElseThrow(() -> wrong(name, "is required and must not be blank"));
    }

    public Optional<UUID> guid(String name) {
        return text(name)
                .map(text -> Guids.read(text).orElseThrow(() -> wrong(name, "must be a GUID, but is '" + text + "'")));
    }

    /** @throws IvantiRefusal when it is missing */
    public UUID requiredGuid(String name) {
        return guid(name).orElseThrow(() -> wrong(name, "is required and must be a GUID"));
    }

    public Optional<Integer> number(String name, int least, int most) {
        return find(name).map(node -> {
            int number = whole(name, node);
            if (number < least || number > most) {
                throw wrong(name, "must be a whole number from " + least + " to " + most + ", but is " + number);
            }
            return number;
        });
    }

    private int whole(String name, JsonNode node) {
        if (node.isIntegralNumber() && node.canConvertToInt()) {
            return node.intValue();
        }
        try {
            if (node.isTextual()) {
                return Integer.parseInt(node.textValue().strip());
            }
        } catch (NumberFormatException e) {
            throw wrong(name, "must be a whole number");
        }
        throw wrong(name, "must be a whole number");
    }

    public boolean truth(String name, boolean otherwise) {
        return find(name).map(node -> readTruth(name, node)).orElse(otherwise);
    }

    private boolean readTruth(String name, JsonNode node) {
        return Optional.of(node)
                .filter(JsonNode::isValueNode)
                .flatMap(value -> Truths.read(value.asText()))
                .orElseThrow(() -> wrong(name, "must be true or false"));
    }

    /** A word of a list, in any letter case; it is given back in the list's. */
    public Optional<String> word(String name, List<String> allowed) {
        return text(name)
                .map(text -> allowed.stream()
                        .filter(word -> word.equalsIgnoreCase(text))
                        .findFirst()
                        .orElseThrow(() -> wrong(
                                name, "must be one of " + String.join(", ", allowed) + ", but is '" + text + "'")));
    }

    /** The texts of an array; a single text counts as an array of one, and an empty one as nothing. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode node : nodes(name)) {
            if (node.isValueNode() && !node.asText().isBlank() && !node.isNull()) {
                texts.add(checked(name, node.asText().strip()));
            } else {
                throw wrong(name, "must hold texts that are not blank, but one is " + describe(node));
            }
        }
        return texts;
    }

    /** The whole numbers of an array, also when they are written as texts. */
    public List<Integer> numbers(String name) {
        return nodes(name).stream().map(node -> whole(name, node)).toList();
    }

    /** The objects of an array, or a single one. */
    public List<Body> objects(String name) {
        List<Body> objects = new ArrayList<>();
        Iterator<JsonNode> nodes = nodes(name).iterator();
        for (int i = 0; nodes.hasNext(); i++) {
            objects.add(of(nodes.next(), place + name + "[" + i + "]"));
        }
        return objects;
    }

    /** An object within this one. */
    public Optional<Body> object(String name) {
        return find(name).map(node -> of(node, place + name));
    }

    private List<JsonNode> nodes(String name) {
        List<JsonNode> nodes = new ArrayList<>();
        find(name).ifPresent(node -> {
            if (node.isArray()) {
                node.forEach(nodes::add);
            } else {
                nodes.add(node);
            }
        });
        return limited(place + name, nodes);
    }

    private static List<JsonNode> limited(String name, List<JsonNode> nodes) {
        if (nodes.size() > MOST_ITEMS) {
            throw IvantiRefusal.of(name, "has at most " + MOST_ITEMS + " entries");
        }
        return nodes;
    }

    private static String describe(JsonNode node) {
        return node.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
