package io.patchway.api.clc.operation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchway.run.ExecutionNumber;
import io.patchway.run.ExecutionStanding;
import io.patchway.run.Executions;
import io.patchway.run.RunState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Server runs as operations. {@code succeeded} is said of verified runs only, never while a reboot or a check is still
 * to come; every other end is {@code failed}, because clients poll for ever on any word but these two. {@code resumed}
 * is a run that goes on after its node had stopped.
 */
public final class RunLookup implements OperationLookup {
    private final Executions executions;

    public RunLookup(Executions executions) {
        this.executions = executions;
    }

    @Override
    public Optional<OperationStatus> find(ExecutionNumber number) {
        return executions.find(number).map(RunLookup::status);
    }

    private static OperationStatus status(ExecutionStanding run) {
        return new OperationStatus(word(run), run.server(), run.state().ended(), facts(run));
    }

    private static StatusWord word(ExecutionStanding run) {
        return switch (run.state()) {
            case QUEUED, WAITING_WINDOW -> StatusWord.NOT_STARTED;
            case SUCCEEDED -> StatusWord.SUCCEEDED;
            case RunState other when other.ended() -> StatusWord.FAILED;
            default -> run.resumed() ? StatusWord.RESUMED : StatusWord.EXECUTING;
        };
    }

    private static ObjectNode facts(ExecutionStanding run) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("operation", run.operation().name());
        facts.put("state", run.state().name());
        facts.put("round", run.round());
        facts.put("mostRounds", run.mostRounds());
        facts.put("reboots", run.reboots());
        StatusReason.of(run).ifPresent(reason -> facts.put("reason", reason));
        run.lastError().or(run::lastNote).ifPresent(message -> facts.put("message", message));
        facts.putObject("source").put("userName", run.requester()).put("requestedAt", time(run.requestedAt()));
        run.startedAt().ifPresent(start -> facts.put("startedAt", time(start)));
        run.endedAt().ifPresent(end -> facts.put("endedAt", time(end)));
        facts.put("requestId", run.request().toString());
        return facts;
    }

    /** Clients read whole seconds only. */
    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
