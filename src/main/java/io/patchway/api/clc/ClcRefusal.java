package io.patchway.api.clc;

import java.util.List;
import java.util.Map;

/**
 * A call that is refused in the shape of CenturyLink Cloud: an object with {@code message}, and {@code modelState} when
 * single fields are to blame.
 */
public final class ClcRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, List<String>> modelState;

    /**
     * @param status HTTP status, 400 to 599
     * @param message for people
     * @param modelState what is wrong with which field, such as {@code body.servers}; empty when no field is to blame
     */
    public ClcRefusal(int status, String message, Map<String, List<String>> modelState) {
        super(message);
        this.status = status;
        this.modelState = Map.copyOf(modelState);
    }

    public ClcRefusal(int status, String message) {
        this(status, message, Map.of());
    }

    public int status() {
        return status;
    }

    public Map<String, List<String>> modelState() {
        return modelState;
    }
}
