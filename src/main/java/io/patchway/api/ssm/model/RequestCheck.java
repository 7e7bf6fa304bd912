package io.patchway.api.ssm.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.patchway.api.ssm.model.Shape.Entries;
import io.patchway.api.ssm.model.Shape.Items;
import io.patchway.api.ssm.model.Shape.Scalar;
import io.patchway.api.ssm.model.Shape.Structure;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Holds what an operation is asked for against the model. Members that the model does not know are left alone: newer
 * clients may send them.
 */
public final class RequestCheck {
    private final ServiceModel model;
    private final String input;

    RequestCheck(ServiceModel model, String input) {
        this.model = model;
        this.input = input;
    }

    /**
     * Every limit that a request does not keep, each in the words of AWS; none when the request is good.
     *
     * @param request a JSON object
     * @throws WrongTypeException when a member is of the wrong JSON type
     */
    public List<String> violations(JsonNode request) throws WrongTypeException {
        Violations found = new Violations(model);
        check(model.shape(input), request, "", found);
        return found.all();
    }

    private void check(Shape shape, JsonNode value, String path, Violations found) throws WrongTypeException {
        if (found.areEnough()) {
            return;
        }
        checkType(shape, value, path);
        for (Constraint constraint : shape.constraints()) {
            if (!constraint.holds().test(value)) {
                found.add(shape, value, path, constraint.text());
            }
        }
        switch (shape) {
            case Structure structure -> checkMembers(structure, value, path, found);
            case Items items -> checkElements(items, value, path, found);
            case Entries entries -> checkEntries(entries, value, path, found);
            case Scalar scalar -> {}
        }
    }

    private static void checkType(Shape shape, JsonNode value, String path) throws WrongTypeException {
        switch (shape) {
            case Structure structure -> JsonTypes.checkObject(value, path);
            case Entries entries -> JsonTypes.checkObject(value, path);
            case Items items -> JsonTypes.checkArray(value, path);
            case Scalar scalar -> JsonTypes.checkScalar(scalar.kind(), value, path);
        }
    }

    private void checkMembers(Structure structure, JsonNode value, String path, Violations found)
            throws WrongTypeException {
        for (Map.Entry<String, String> member : structure.members().entrySet()) {
            String name = member.getKey();
            String memberPath = path.isEmpty() ? lowerCamel(name) : path + "." + lowerCamel(name);
            JsonNode given = value.path(name);
            if (!given.isMissingNode() && !given.isNull()) {
                check(model.shape(member.getValue()), given, memberPath, found);
            } else if (structure.required().contains(name)) {
                found.addMissing(memberPath);
            }
        }
    }

    /** Scalars in a list are reported once, as the list that holds them; anything else by itself. */
    private void checkElements(Items items, JsonNode value, String path, Violations found) throws WrongTypeException {
        Shape member = model.shape(items.member());
        boolean kept = true;
        int number = 0;
        for (JsonNode element : value) {
            number++;
            if (element.isNull()) {
                found.addMissing(path + "." + number + ".member");
            } else if (member instanceof Scalar) {
                checkType(member, element, path);
                kept = kept && keeps(member, element);
            } else {
                check(member, element, path + "." + number + ".member", found);
            }
        }
        if (!kept) {
            found.add(items, value, path, "Member must satisfy constraint: " + constraints(member));
        }
    }

    private void checkEntries(Entries entries, JsonNode value, String path, Violations found)
            throws WrongTypeException {
        Shape key = model.shape(entries.key());
        Shape member = model.shape(entries.value());
        boolean keysKept = true;
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            JsonNode name = TextNode.valueOf(entry.getKey());
            checkType(key, name, path);
            keysKept = keysKept && keeps(key, name);
        }
        if (!keysKept) {
            found.add(entries, value, path, "Map keys must satisfy constraint: " + constraints(key));
        }
        boolean valuesKept = true;
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            String memberPath = path + "." + entry.getKey() + ".member";
            if (entry.getValue().isNull()) {
                found.addMissing(memberPath);
            } else if (member instanceof Scalar) {
                checkType(member, entry.getValue(), path);
                valuesKept = valuesKept && keeps(member, entry.getValue());
            } else {
                check(member, entry.getValue(), memberPath, found);
            }
        }
        if (!valuesKept) {
            found.add(entries, value, path, "Map value must satisfy constraint: " + constraints(member));
        }
    }

    private static boolean keeps(Shape shape, JsonNode value) {
        return shape.constraints().stream()
                .allMatch(constraint -> constraint.holds().test(value));
    }

    private static String constraints(Shape shape) {
        return shape.constraints().stream().map(Constraint::text).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String lowerCamel(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
