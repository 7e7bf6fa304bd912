package io.patchway.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The example in the documentation of UpdatePatchBaseline: what is asked and what is answered. */
record Sample(ObjectNode request, ObjectNode response) {
    /** What the example's baseline is called. */
    static final String NAME = "my-Windows-Server-patch-baseline";
    /** What the example's baseline says of itself. */
    static final String DESCRIPTION = "Baseline containing all updates approved for production systems";

    static Sample read() {
        try {
            JsonNode both = new JsonMapper()
                    .readTree(Program.resource("update-patch-baseline.json").toFile());
            return new Sample(both.withObject("request"), both.withObject("response"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The request for another baseline than that of the example. */
    ObjectNode requestFor(String baseline) {
        return request.deepCopy().put("BaselineId", baseline);
    }

    /** An answer with the id and the moments that the example has, which no other baseline can have. */
    ObjectNode inItsWords(JsonNode answer) {
        ObjectNode same = answer.deepCopy();
        same.setAll(response.deepCopy().retain("BaselineId", "CreatedDate", "ModifiedDate"));
        return same;
    }
}
