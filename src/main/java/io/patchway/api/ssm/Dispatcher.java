package io.patchway.api.ssm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.patchway.access.Caller;
import io.patchway.api.ssm.OperationTable.Operation;
import io.patchway.api.ssm.model.RequestCheck;
import io.patchway.api.ssm.model.ServiceModel;
import io.patchway.api.ssm.model.WrongTypeException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * From the name of an operation and a body to its answer. What reaches an operation has been held against the model.
 */
final class Dispatcher {
    private static final String SERIALIZATION = "SerializationException";

    private final ServiceModel model;
    private final OperationTable table;
    private final ObjectReader reader = SsmJson.mapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** @throws IllegalArgumentException when the model does not know one of the operations */
    Dispatcher(ServiceModel model, OperationTable table) {
        this.model = model;
        this.table = table;
        table.names().stream()
                .filter(name -> model.checkOf(name).isEmpty())
                .findAny()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("the model of the service does not know the operation " + name);
                });
    }

    /** The operation with this name, if this caller may use it; an {@link SsmException} otherwise. */
    Operation<?> find(String name, Caller caller) {
        Operation<?> operation = table.find(name)
                .orElseThrow(() -> new SsmException(
                        "UnknownOperationException", "The operation '" + name + "' is not served here."));
        if (!caller.role().covers(operation.least())) {
            throw new SsmException(
                    "AccessDeniedException",
                    "User: " + caller.name() + " is not authorized to perform: ssm:" + name + ": it needs the role "
                            + operation.least() + ", and the access key has " + caller.role());
        }
        return operation;
    }

    /** Carries an operation out; its answer as JSON. */
    byte[] answer(Operation<?> operation, Caller caller, byte[] body) {
        JsonNode request = parse(body);
        check(operation.name(), request);
        try {
            Object input = SsmJson.mapper().treeToValue(request, operation.input());
            return SsmJson.mapper().writeValueAsBytes(operation.answer(caller, input));
        } catch (JsonProcessingException e) {
            if (e.getCause() instanceof SsmException refusal) {
                throw refusal;
            }
            throw new IllegalStateException("the records of " + operation.name() + " do not fit the model", e);
        }
    }

    private JsonNode parse(byte[] body) {
        if (body.length == 0) {
            return SsmJson.mapper().createObjectNode();
        }
        try {
            JsonNode request = reader.readTree(body);
            if (!request.isObject()) {
                throw new SsmException(SERIALIZATION, "The body must be a JSON object.");
            }
            return request;
        } catch (JsonProcessingException e) {
            String where = Optional.ofNullable(e.getLocation())
                    .map(location -> " in line " + location.getLineNr() + ", column " + location.getColumnNr())
                    .orElse("");
            throw new SsmException(SERIALIZATION, "The body is not JSON: mistake" + where + ".");
        } catch (IOException e) {
            throw new SsmException(SERIALIZATION, "The body is not JSON in UTF-8.");
        }
    }

    private void check(String operation, JsonNode request) {
        RequestCheck check = model.checkOf(operation).orElseThrow();
        try {
            List<String> violations = check.violations(request);
            if (!violations.isEmpty()) {
                throw SsmException.invalid(violations.size() + " validation error" + (violations.size() == 1 ? "" : "s")
                        + " detected: " + String.join("; ", violations));
            }
        } catch (WrongTypeException e) {
            throw new SsmException(SERIALIZATION, e.getMessage());
        }
    }
}
