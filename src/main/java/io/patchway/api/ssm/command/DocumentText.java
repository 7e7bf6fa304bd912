package io.patchway.api.ssm.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchway.api.ssm.SsmException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Documents as texts: what they take, and by whom they are carried out. */
public final class DocumentText {
    private static final JsonMapper MAPPER = new JsonMapper();

    private DocumentText() {}

    /** A document in the service's own schema, as JSON. */
    static String of(PatchDocument document) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("schemaVersion", "2.2");
        root.put("description", document.description());
        ObjectNode parameters = root.putObject("parameters");
        document.parameters().forEach(parameter -> parameters.set(parameter.name(), parameter(parameter)));
        ObjectNode step = root.putArray("mainSteps").addObject();
        step.put("action", "patchway:runPatchBaseline");
        step.put("name", CommandPlugin.NAME);
        ObjectNode inputs = step.putObject("inputs");
        document.parameters().forEach(parameter -> inputs.put(parameter.name(), "{{ " + parameter.name() + " }}"));
        return root.toPrettyString();
    }

    private static JsonNode parameter(DocumentParameter parameter) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("type", "String");
        node.put("description", parameter.description());
        parameter.defaultValue().ifPresent(value -> node.put("default", value));
        if (parameter.allowedValues().isEmpty()) {
            node.put("allowedPattern", "^" + parameter.pattern().pattern() + "$");
        } else {
            node.set("allowedValues", MAPPER.valueToTree(parameter.allowedValues()));
        }
        return node;
    }

    /** SHA-256 of the text, in hexadecimal. */
    public static String hash(PatchDocument document) {
        try {
            byte[] text = of(document).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** @throws SsmException {@code InvalidDocument} when the caller means another text */
    static void checkHash(PatchDocument document, String hash) {
        if (!hash.equalsIgnoreCase(hash(document))) {
            throw new SsmException(
                    "InvalidDocument",
                    "The hash of " + document.wireName() + " is another one: " + hash(document) + " (Sha256)");
        }
    }
}
