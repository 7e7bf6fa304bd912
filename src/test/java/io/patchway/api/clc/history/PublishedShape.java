package io.patchway.api.clc.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** Reads the two documents of the patch history as strictly as they were published; anything else fails the test. */
final class PublishedShape {
    private static final String TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z";
    private static final String NONE_OR_TIME = "|" + TIME;
    private static final String EXECUTION = "[A-Z]{2}[0-9]-[0-9]{6}";
    private static final Set<String> STATUS = Set.of("PENDING", "RUNNING", "COMPLETED", "FAILED");

    private PublishedShape() {}

    /** The list of a server's executions. */
    static List<JsonNode> list(JsonNode document) {
        assertThat(document.isArray()).isTrue();
        List<JsonNode> executions = List.copyOf(document.findParents("execution_id"));
        assertThat(executions).hasSameSizeAs(document);
        executions.forEach(PublishedShape::execution);
        assertThat(executions)
                .extracting(each -> text(each, "execution_id"))
                .isSortedAccordingTo((a, b) -> b.compareTo(a));
        return executions;
    }

    private static void execution(JsonNode execution) {
        assertMembers(execution, "execution_id", "status", "start_time", "end_time", "init_messages");
        head(execution);
        JsonNode messages = execution.get("init_messages");
        assertThat(messages.isArray()).isTrue();
        String later = "9999";
        for (JsonNode message : messages) {
            assertMembers(message, "start_time", "end_time", "init_begin_message", "init_end_message");
            assertThat(text(message, "start_time")).matches(TIME).isLessThanOrEqualTo(later);
            assertThat(text(message, "end_time")).matches(NONE_OR_TIME);
            assertThat(text(message, "init_begin_message")).startsWith("Invoking ");
            assertThat(text(message, "init_end_message").isEmpty())
                    .isEqualTo(text(message, "end_time").isEmpty());
            later = text(message, "start_time");
        }
    }

    /** One execution with its patches. */
    static JsonNode detail(JsonNode document) {
        assertMembers(
                document,
                "execution_id",
                "status",
                "start_time",
                "end_time",
                "duration",
                "begin_message",
                "end_message",
                "patches");
        head(document);
        assertThat(text(document, "duration")).matches("|[0-9]+m [0-5]?[0-9]s");
        assertThat(text(document, "begin_message")).isEqualTo("Update Process BEGIN");
        assertThat(text(document, "end_message").isEmpty())
                .isEqualTo(text(document, "end_time").isEmpty());
        assertThat(document.get("patches").isArray()).isTrue();
        String later = "9999";
        for (JsonNode patch : document.get("patches")) {
            assertMembers(patch, "start_time", "end_time", "patch_begin_message", "patch_end_message", "status");
            assertThat(text(patch, "start_time")).matches(TIME).isLessThanOrEqualTo(later);
            assertThat(text(patch, "end_time")).matches(NONE_OR_TIME);
            assertThat(text(patch, "patch_begin_message")).startsWith("Installing ");
            assertThat(text(patch, "patch_end_message")).matches("Result Code: [0-5]");
            assertThat(text(patch, "status")).isIn("PENDING", "COMPLETED", "FAILED");
            later = text(patch, "start_time");
        }
        return document;
    }

    private static void head(JsonNode execution) {
        assertThat(text(execution, "execution_id")).matches(EXECUTION);
        assertThat(text(execution, "status")).isIn(STATUS);
        boolean ended = Set.of("COMPLETED", "FAILED").contains(text(execution, "status"));
        assertThat(text(execution, "start_time")).matches(NONE_OR_TIME);
        assertThat(text(execution, "end_time")).matches(ended ? TIME : "");
    }

    private static void assertMembers(JsonNode object, String... names) {
        assertThat(object.isObject()).isTrue();
        assertThat(object.fieldNames()).toIterable().containsExactly(names);
    }

    /** A member that must be text. */
    static String text(JsonNode object, String name) {
        assertThat(object.get(name).isTextual()).as(name + " of " + object).isTrue();
        return object.get(name).textValue();
    }
}
