package io.patchway.api.ssm.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.api.ssm.model.Shape.Kind;
import java.util.Base64;

/** Whether values are of the JSON type that their shape asks for. */
final class JsonTypes {
    /** The last second of the year 9999. */
    private static final double LATEST = 253_402_300_799d;

    private JsonTypes() {}

    static void checkObject(JsonNode value, String path) throws WrongTypeException {
        if (!value.isObject()) {
            throw new WrongTypeException("Expected map or null, found " + nameOf(value), path);
        }
    }

    static void checkArray(JsonNode value, String path) throws WrongTypeException {
        if (!value.isArray()) {
            throw new WrongTypeException("Expected list or null, found " + nameOf(value), path);
        }
    }

    static void checkScalar(Kind kind, JsonNode value, String path) throws WrongTypeException {
        boolean fits = switch (kind) {
            case TEXT -> value.isTextual();
            case WHOLE_NUMBER -> isWhole(value);
            case TRUTH -> value.isBoolean();
            case TIME -> value.isNumber() && Math.abs(value.doubleValue()) <= LATEST;
            case BYTES -> value.isTextual() && isBase64(value.textValue());
        };
        if (!fits) {
            throw new WrongTypeException(nameOf(value) + " can not be converted to " + nameOf(kind), path);
        }
        if (value.isTextual()) {
            checkCharacters(value.textValue(), path);
        }
    }

    /** No database keeps these, and no honest client sends them. */
    private static void checkCharacters(String text, String path) throws WrongTypeException {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            boolean pair = Character.isHighSurrogate(character)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (character == 0 || Character.isSurrogate(character)) {
                throw new WrongTypeException("STRING_VALUE holds U+%04X".formatted((int) character), path);
            }
        }
    }

    private static boolean isWhole(JsonNode value) {
        return value.isIntegralNumber()
                ? value.canConvertToInt()
                : value.isNumber() && value.doubleValue() == value.intValue();
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String nameOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "Start of list";
            case OBJECT -> "Start of structure or map";
            case BOOLEAN -> value.booleanValue() ? "TRUE_VALUE" : "FALSE_VALUE";
            case NUMBER -> value.isIntegralNumber() ? "NUMBER_VALUE" : "DECIMAL_VALUE";
            case NULL, MISSING -> "NULL_VALUE";
            default -> "STRING_VALUE";
        };
    }

    private static String nameOf(Kind kind) {
        return switch (kind) {
            case TEXT -> "a String";
            case WHOLE_NUMBER -> "an Integer";
            case TRUTH -> "a Boolean";
            case TIME -> "milliseconds since epoch";
            case BYTES -> "a Blob";
        };
    }
}
