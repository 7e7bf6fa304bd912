package io.patchway.connection.site;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchway.run.ServerFault;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads pieces of what a site answers; what is not as documented is a {@link ServerFault}. */
final class SiteJson {
    /** Longer texts of a site are cut. */
    private static final int LONGEST = 500;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private SiteJson() {}

    static JsonNode read(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            throw misunderstood("it is no JSON", e);
        }
    }

    /** The id of an operation or execution; it becomes part of a path. */
    static String name(JsonNode node, String field) {
        String name = node.path(field).asText("");
        if (!NAME.matcher(name).matches()) {
            throw misunderstood("its '" + field + "' is no id", null);
        }
        return name;
    }

    /** A text on one line; empty when it is missing. */
    static String text(JsonNode node, String field) {
        String line = node.path(field).asText("").replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    /** A moment; empty when it is missing, or not written as it should be. */
    static Optional<Instant> time(JsonNode node, String field) {
        try {
            return Optional.of(Instant.parse(node.path(field).asText("")));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** What a refusal says; its status when it says nothing. */
    static String message(SiteAnswer answer) {
        String status = "status " + answer.status();
        try {
            String message = text(read(answer.body()), "message");
            return message.isEmpty() ? status : status + ": " + message;
        } catch (ServerFault e) {
            return status;
        }
    }

    static ServerFault misunderstood(String why, Throwable cause) {
        return new ServerFault(ServerFault.Kind.BAD_ANSWER, "the other site's answer is not understood: " + why, cause);
    }
}
