package io.patchway.api.ssm.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.api.ssm.SsmException;
import io.patchway.run.CommandHistory.Selection;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** A filter of commands or invocations: one key, one value. */
record CommandFilter(
        @JsonProperty("key") String key,
        @JsonProperty("value") String value) {

    /** The part of filters that says when commands came. */
    static Selection selection(List<CommandFilter> filters, Optional<ServerId> server) {
        filters.forEach(CommandFilter::check);
        return new Selection(server, instant(filters, "InvokedAfter"), instant(filters, "InvokedBefore"));
    }

    /**
     * Whether a command or an invocation passes all filters but those of time.
     *
     * @param complete whether nothing is done for it any more
     */
    static boolean pass(List<CommandFilter> filters, CommandStatus status, boolean complete, String documentName) {
        return filters.stream().allMatch(filter -> switch (filter.key()) {
            case "Status" ->
                filter.value().equals(status.status()) || filter.value().equals(status.details());
            case "ExecutionStage" -> filter.value().equals("Complete") == complete;
            case "DocumentName" -> filter.value().equals(documentName);
            default -> true;
        });
    }

    private void check() {
        boolean known = switch (key == null ? "" : key) {
            case "InvokedAfter", "InvokedBefore", "Status", "DocumentName" -> true;
            case "ExecutionStage" -> value.equals("Executing") || value.equals("Complete");
            default -> false;
        };
        if (!known) {
            throw invalid("The filter '" + key + "' with the value '" + value + "' is not valid; keys are InvokedAfter,"
                    + " InvokedBefore, Status, DocumentName and ExecutionStage (Executing or Complete)");
        }
    }

    private static Optional<Instant> instant(List<CommandFilter> filters, String key) {
        return filters.stream()
                .filter(filter -> filter.key().equals(key))
                .findFirst()
                .map(CommandFilter::instant);
    }

    private Instant instant() {
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeParseException e) {
            throw invalid("The filter " + key + " needs a time such as 2026-07-07T00:00:00Z; it has '" + value + "'");
        }
    }

    private static SsmException invalid(String message) {
        return new SsmException("InvalidFilterKey", message);
    }
}
