package io.patchway.api.ssm.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The limits that a request does not keep, each in the words of AWS. */
final class Violations {
    /** Nobody reads more; what is behind them is not looked at. */
    private static final int MOST = 1000;

    private final ServiceModel model;
    private final List<String> found = new ArrayList<>();

    Violations(ServiceModel model) {
        this.model = model;
    }

    void add(Shape shape, JsonNode value, String path, String constraint) {
        String shown = shape.sensitive() ? "" : " '" + ValueText.of(model, shape, value) + "'";
        found.add("Value" + shown + " at '" + path + "' failed to satisfy constraint: " + constraint);
    }

    void addMissing(String path) {
        found.add("Value null at '" + path + "' failed to satisfy constraint: Member must not be null");
    }

    boolean areEnough() {
        return found.size() >= MOST;
    }

    List<String> all() {
        return found;
    }
}
