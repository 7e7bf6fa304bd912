package io.patchway.api.ssm.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The operations of the service that can be served, and the shapes of what they take. */
public final class ServiceModel {
    private static final String RESOURCE = "/ssm/model.json";

    private final Map<String, String> inputs = new HashMap<>();
    private final Map<String, Shape> shapes = new HashMap<>();

    private ServiceModel(JsonNode document) {
        document.path("shapes")
                .properties()
                .forEach(shape -> shapes.put(shape.getKey(), ShapeReader.read(shape.getValue())));
        document.path("operations")
                .properties()
                .forEach(operation -> inputs.put(
                        operation.getKey(), operation.getValue().path("input").asText()));
    }

    /** Reads the model that Patchway brings along. */
    public static ServiceModel load() {
        try (InputStream file = ServiceModel.class.getResourceAsStream(RESOURCE)) {
            return new ServiceModel(new ObjectMapper().readTree(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }

    /** The names of all operations. */
    public Set<String> operations() {
        return Set.copyOf(inputs.keySet());
    }

    /** The check of what an operation is asked for; empty when the model does not know the operation. */
    public Optional<RequestCheck> checkOf(String operation) {
        return Optional.ofNullable(inputs.get(operation)).map(input -> new RequestCheck(this, input));
    }

    Shape shape(String name) {
        return Optional.ofNullable(shapes.get(name))
                .orElseThrow(() -> new IllegalStateException("the model of the service has no shape " + name));
    }
}
