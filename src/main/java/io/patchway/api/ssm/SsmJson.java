package io.patchway.api.ssm;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.Serial;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * The JSON of the service: what is absent or null is left out, and a time is a number of seconds since 1970 with a
 * fraction of milliseconds.
 */
public final class SsmJson {
    private static final int MILLISECOND_DIGITS = 3;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, new TimeWriter())
                    .addDeserializer(Instant.class, new TimeReader()))
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.GETTER, Visibility.NONE)
            .build();

    private SsmJson() {}

    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /** An input or output record as text; the same for equal records. */
    public static String text(Object document) {
        try {
            return MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "cannot write a " + document.getClass().getSimpleName() + " as JSON", e);
        }
    }

    private static final class TimeWriter extends StdSerializer<Instant> {
        @Serial
        private static final long serialVersionUID = 1L;

        TimeWriter() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant time, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeNumber(BigDecimal.valueOf(time.toEpochMilli(), MILLISECOND_DIGITS));
        }
    }

    private static final class TimeReader extends StdDeserializer<Instant> {
        @Serial
        private static final long serialVersionUID = 1L;

        TimeReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
            BigDecimal milliseconds = json.getDecimalValue().movePointRight(MILLISECOND_DIGITS);
            return Instant.ofEpochMilli(milliseconds.longValue());
        }
    }
}
