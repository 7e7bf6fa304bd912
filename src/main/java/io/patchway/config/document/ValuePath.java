package io.patchway.config.document;

import io.patchway.config.document.Value.Place;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where the value at a path such as {@code Sources[1].Name} stands in a document. */
public final class ValuePath {
    private static final Pattern STEPS = Pattern.compile("[.\\[\\]]+");
    private static final Pattern INDEX = Pattern.compile("[0-9]+");

    private ValuePath() {}

    /** The place of the value, or of the innermost one around it that is there. */
    public static Place placeOf(Value document, String path) {
        Value found = document;
        for (String step : STEPS.split(path)) {
            Optional<Value> next = step(found, step);
            if (next.isEmpty()) {
                return found.place();
            }
            found = next.get();
        }
        return found.place();
    }

    private static Optional<Value> step(Value value, String step) {
        return switch (value) {
            case Value.Members group ->
                Optional.ofNullable(group.members().get(step)).map(Value.Member::value);
            case Value.Items list
            when INDEX.matcher(step).matches() ->
                list.values().stream().skip(Integer.parseInt(step)).findFirst();
            default -> Optional.empty();
        };
    }
}
