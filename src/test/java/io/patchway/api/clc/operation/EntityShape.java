package io.patchway.api.clc.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.api.clc.OperationEntities;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What all published clients need of the answer to an operation; each rule is one that one of them breaks on. */
final class EntityShape {
    private EntityShape() {}

    static void check(JsonNode entities) {
        assertThat(entities.isArray()).as("an array: %s", entities).isTrue();
        entities.forEach(EntityShape::checkEntity);
        List<String> servers = new ArrayList<>();
        entities.forEach(entity -> servers.add(entity.path("server").asText()));
        assertThat(servers).as("one entity for each distinct server").doesNotHaveDuplicates();
    }

    private static void checkEntity(JsonNode entity) {
        assertThat(entity.path("isQueued").isBoolean()).as(entity.toString()).isTrue();
        String server = entity.path("server").asText();
        assertThat(server).isNotEmpty().isEqualTo(server.toLowerCase(Locale.ROOT));
        if (entity.path("isQueued").asBoolean()) {
            assertThat(entity.fieldNames()).toIterable().containsExactly("server", "isQueued", "links");
            assertThat(server).as("the Python SDK breaks on shorter ones").hasSizeGreaterThan(8);
            assertThat(entity.path("links")).hasSize(1);
            JsonNode link = entity.path("links").path(0);
            assertThat(link.fieldNames()).toIterable().containsExactly("rel", "href", "id");
            assertThat(link.path("rel").asText()).isEqualTo("status");
            assertThat(link.path("id").asText()).matches("[a-z0-9]{2,4}-[0-9]+");
            assertThat(link.path("href").asText())
                    .matches(
                            "/v2/operations/[a-z0-9]+/status/" + link.path("id").asText());
        } else {
            assertThat(entity.fieldNames()).toIterable().containsExactly("server", "isQueued", "errorMessage");
            assertThat(entity.path("errorMessage").asText())
                    .isIn(OperationEntities.CANNOT_BE_QUEUED, OperationEntities.ALREADY_IN_STATE);
        }
    }
}
