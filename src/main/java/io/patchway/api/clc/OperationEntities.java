package io.patchway.api.clc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchway.run.ExecutionIds;
import io.patchway.run.ExecutionNumber;
import java.util.Locale;

/**
 * The answer to an operation on several servers: one entity for each, with the members that CenturyLink's clients
 * insist on and no other. A server that is queued has a link to its status, one that is not has a sentence.
 */
public final class OperationEntities {
    /** Why a server is not queued. Clients compare it literally. */
    public static final String CANNOT_BE_QUEUED =
            "The operation cannot be queued because the server cannot be found or it is not in a valid state.";

    /** Why nothing is left to do. Clients compare it literally. */
    public static final String ALREADY_IN_STATE = "The server already in desired state.";

    private final ArrayNode entities = JsonNodeFactory.instance.arrayNode();
    private final String alias;
    private final ExecutionIds ids;

    /** @param alias the account alias that the operation was asked under */
    public OperationEntities(String alias, ExecutionIds ids) {
        this.alias = alias.toLowerCase(Locale.ROOT);
        this.ids = ids;
    }

    /**
     * Adds a server that will be worked on.
     *
     * @param server as clients call it
     * @param number under which its status is found
     */
    public void queued(String server, ExecutionNumber number) {
        String id = ids.statusId(number);
        ObjectNode entity = entity(server, true);
        entity.putArray("links")
                .addObject()
                .put("rel", "status")
                .put("href", "/v2/operations/" + alias + "/status/" + id)
                .put("id", id);
    }

    /**
     * Adds a server that will not be worked on.
     *
     * @param server as clients call it
     * @param sentence one of the two that clients know
     */
    public void refused(String server, String sentence) {
        entity(server, false).put("errorMessage", sentence);
    }

    /** The entities in the order in which they were added. */
    public ArrayNode toJson() {
        return entities;
    }

    private ObjectNode entity(String server, boolean queued) {
        return entities.addObject()
                .put("server", server.toLowerCase(Locale.ROOT))
                .put("isQueued", queued);
    }
}
