package io.patchway.api.ssm.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.patchway.api.ssm.TargetDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a command is told again of itself, and what nothing else in Patchway needs.
 *
 * @param documentVersion as it was sent
 * @param instanceIds the nodes that were named; empty when targets were
 * @param timeoutSeconds how long the command would wait for a node that does not answer
 * @param echoed other members as they were sent, by their names; they are told again and change nothing
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CommandMemo(
        String documentName,
        String documentVersion,
        Optional<String> comment,
        Map<String, List<String>> parameters,
        List<String> instanceIds,
        List<TargetDocument> targets,
        int timeoutSeconds,
        RateControl rate,
        Map<String, JsonNode> echoed) {

    /** Everything but ASCII is escaped, so that no database can refuse a character. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    public CommandMemo {
        parameters = Map.copyOf(parameters);
        instanceIds = List.copyOf(instanceIds);
        targets = List.copyOf(targets);
        echoed = Map.copyOf(echoed);
    }

    String text() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write what a command was asked", e);
        }
    }

    public static CommandMemo read(String text) {
        try {
            return MAPPER.readValue(text, CommandMemo.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what a command was asked cannot be read", e);
        }
    }
}
