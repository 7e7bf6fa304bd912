package io.patchway.run;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The answer to a request, given once.
 *
 * @param request the accepted request; empty when every server was refused and nothing was accepted
 * @param answers one for each server and group that was named, in the order of the request; a group that has members is
 *     answered by its members
 * @param duplicate whether the same request had been accepted before; then the runs are those of the earlier one
 */
public record Receipt(Optional<RequestId> request, List<Answer> answers, boolean duplicate) {
    public Receipt {
        answers = List.copyOf(answers);
    }

    public boolean accepted() {
        return request.isPresent();
    }

    /** Which servers were refused and why, in one line for people; empty when none was. */
    public String refusals() {
        return answers.stream()
                .filter(Refused.class::isInstance)
                .map(Refused.class::cast)
                .map(refused -> refused.server() + ": " + refused.reason())
                .collect(Collectors.joining("; "));
    }

    /** What becomes of one server. */
    public sealed interface Answer {
        /** The server as the request named it, or {@code group NAME} or {@code tags …} when nobody is meant by it. */
        String server();
    }

    /**
     * The server will be worked on.
     *
     * @param execution the server run
     * @param number the number of the server run
     */
    public record Accepted(String server, RunId execution, ExecutionNumber number) implements Answer {}

    /**
     * The server will not be worked on.
     *
     * @param reason why, for people
     */
    public record Refused(String server, String reason) implements Answer {}
}
