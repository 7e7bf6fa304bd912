package io.patchway.api.ssm.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.api.ssm.model.Shape.Entries;
import io.patchway.api.ssm.model.Shape.Items;
import io.patchway.api.ssm.model.Shape.Scalar;
import io.patchway.api.ssm.model.Shape.Structure;
import java.util.Map;

/** Values as messages show them: {@code [a, b]}, {@code {key=value}}. */
final class ValueText {
    private static final int LONGEST = 8192;

    private final ServiceModel model;
    private final StringBuilder text = new StringBuilder();

    private ValueText(ServiceModel model) {
        this.model = model;
    }

    static String of(ServiceModel model, Shape shape, JsonNode value) {
        ValueText text = new ValueText(model);
        text.append(shape, value);
        return text.text.length() <= LONGEST ? text.text.toString() : text.text.substring(0, LONGEST) + "…";
    }

    private void append(Shape shape, JsonNode value) {
        if (text.length() > LONGEST) {
            return;
        }
        if (shape.sensitive()) {
            text.append("***");
            return;
        }
        switch (shape) {
            case Scalar scalar -> text.append(value.asText());
            case Items items -> appendAll(model.shape(items.member()), value);
            case Entries entries -> {
                text.append('{');
                Shape member = model.shape(entries.value());
                value.properties().forEach(entry -> append(entry.getKey(), member, entry.getValue()));
                text.append('}');
            }
            case Structure structure -> appendMembers(structure, value);
        }
    }

    private void appendAll(Shape member, JsonNode value) {
        text.append('[');
        for (JsonNode element : value) {
            separate('[');
            append(member, element);
        }
        text.append(']');
    }

    private void appendMembers(Structure structure, JsonNode value) {
        text.append('{');
        for (Map.Entry<String, String> member : structure.members().entrySet()) {
            if (value.has(member.getKey())) {
                append(member.getKey(), model.shape(member.getValue()), value.path(member.getKey()));
            }
        }
        text.append('}');
    }

    private void append(String name, Shape shape, JsonNode value) {
        separate('{');
        text.append(name).append('=');
        append(shape, value);
    }

    private void separate(char opening) {
        if (text.charAt(text.length() - 1) != opening) {
            text.append(", ");
        }
    }
}
