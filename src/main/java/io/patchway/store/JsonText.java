package io.patchway.store;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.patchway.baseline.ApprovalDate;
import io.patchway.run.PatchOverride;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The domain's records as JSON and back. What Jackson must be told about them is told here, so that the domain knows
 * nothing of it.
 */
final class JsonText {
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> TEXT_MAP = new TypeReference<>() {};

    /** Everything but ASCII is escaped, so that no database can refuse a character. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .visibility(com.fasterxml.jackson.annotation.PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
            .addMixIn(ApprovalDate.class, ApprovalDateKinds.class)
            .addMixIn(PatchOverride.class, PatchOverrideKinds.class)
            .build();

    private JsonText() {}

    static String of(Object document) {
        try {
            return MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "cannot write a " + document.getClass().getSimpleName() + " as JSON", e);
        }
    }

    /** Writes a document in UTF-8 and closes the stream. */
    static void write(Object document, OutputStream output) throws IOException {
        MAPPER.writeValue(output, document);
    }

    static String ofTexts(Collection<String> texts) {
        return of(texts);
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds a " + type.getSimpleName() + " that cannot be read", e);
        }
    }

    static List<String> readTexts(String json) {
        try {
            return MAPPER.readValue(json, TEXTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds a list that cannot be read: " + json, e);
        }
    }

    static Map<String, String> readTextMap(String json) {
        try {
            return MAPPER.readValue(json, TEXT_MAP);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds a map that cannot be read: " + json, e);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = ApprovalDate.AfterDays.class, name = "afterDays"),
        @JsonSubTypes.Type(value = ApprovalDate.UntilDay.class, name = "untilDay")
    })
    private interface ApprovalDateKinds {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = PatchOverride.InstallList.class, name = "installList"),
        @JsonSubTypes.Type(value = PatchOverride.BaselineList.class, name = "baselineList"),
        @JsonSubTypes.Type(value = PatchOverride.ServerBaselines.class, name = "serverBaselines")
    })
    private interface PatchOverrideKinds {}
}
