package io.patchway.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchway.config.document.Problem;
import io.patchway.run.ExecutionIds;
import io.patchway.run.Receipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The answer to a request document as JSON, the same beside a dropped file and in an HTTP response. */
final class ReceiptDocument {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ReceiptDocument() {}

    /**
     * The answer as UTF-8, with line breaks for people.
     *
     * @param ids how server runs are called
     */
    static byte[] write(Outcome outcome, ExecutionIds ids) {
        ObjectNode root = switch (outcome) {
            case Outcome.Answered answered -> answered(answered.receipt(), ids);
            case Outcome.Busy busy -> refused(List.of(busy.problem()));
            case Outcome.Refused refused -> refused(refused.problems());
        };
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode answered(Receipt receipt, ExecutionIds ids) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("accepted", receipt.accepted());
        receipt.request().ifPresent(id -> root.put("requestId", id.toString()));
        root.put("duplicate", receipt.duplicate());
        ArrayNode servers = root.putArray("servers");
        for (Receipt.Answer answer : receipt.answers()) {
            ObjectNode entry = servers.addObject().put("server", answer.server());
            switch (answer) {
                case Receipt.Accepted accepted ->
                    entry.put("accepted", true)
                            .put("executionId", ids.of(accepted.number()))
                            .put("runId", accepted.execution().toString());
                case Receipt.Refused refused -> entry.put("accepted", false).put("reason", refused.reason());
            }
        }
        return root;
    }

    private static ObjectNode refused(List<Problem> problems) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("accepted", false);
        root.set("problems", problems(problems));
        return root;
    }

    private static ArrayNode problems(List<Problem> problems) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Problem problem : problems) {
            ObjectNode entry = list.addObject();
            entry.put("file", problem.file());
            if (problem.line() > 0) {
                entry.put("line", problem.line());
            }
            if (!problem.field().isEmpty()) {
                entry.put("field", problem.field());
            }
            entry.put("message", problem.message());
        }
        return list;
    }
}
