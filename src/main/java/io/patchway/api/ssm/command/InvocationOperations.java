package io.patchway.api.ssm.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.api.ssm.NodeIds;
import io.patchway.api.ssm.Nodes;
import io.patchway.api.ssm.OperationGroup;
import io.patchway.api.ssm.OperationTable;
import io.patchway.api.ssm.Paging;
import io.patchway.api.ssm.SsmException;
import io.patchway.run.BadCursorException;
import io.patchway.run.CommandHistory;
import io.patchway.run.CommandHistory.Command;
import io.patchway.run.CommandHistory.CommandRun;
import io.patchway.run.CommandHistory.Selection;
import io.patchway.run.Page;
import io.patchway.run.RequestId;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What commands did on each node. */
public final class InvocationOperations implements OperationGroup {
    private static final int ON_A_PAGE = 50;
    /** Commands that one call looks at before it hands back what it has. */
    private static final int LOOKED_AT = 200;

    private static final int LONGEST_OUTPUT = 24_000;
    private static final int LONGEST_ERROR = 8_000;

    private final Nodes nodes;
    private final CommandHistory history;

    public InvocationOperations(Nodes nodes, CommandHistory history) {
        this.nodes = nodes;
        this.history = history;
    }

    @Override
    public void addTo(OperationTable table) {
        table.reads("ListCommandInvocations", ListCommandInvocations.class, this::invocations);
        table.reads("GetCommandInvocation", GetCommandInvocation.class, this::invocation);
    }

    /** @throws SsmException {@code InvalidCommandId} when there is no such command */
    static Command existing(CommandHistory history, String commandId) {
        try {
            return history.command(RequestId.of(commandId)).orElseThrow(() -> unknown(commandId));
        } catch (IllegalArgumentException e) {
            throw unknown(commandId);
        }
    }

    private static SsmException unknown(String commandId) {
        return new SsmException("InvalidCommandId", "Command " + commandId + " does not exist");
    }

    record ListCommandInvocations(
            @JsonProperty("CommandId") Optional<String> commandId,
            @JsonProperty("InstanceId") Optional<String> instanceId,
            @JsonProperty("MaxResults") Optional<Integer> maxResults,
            @JsonProperty("NextToken") Optional<String> nextToken,
            @JsonProperty("Filters") List<CommandFilter> filters,
            @JsonProperty("Details") Optional<Boolean> details) {
        ListCommandInvocations {
            filters = filters == null ? List.of() : List.copyOf(filters);
        }
    }

    record CommandInvocations(
            @JsonProperty("CommandInvocations") List<CommandInvocation> invocations,
            @JsonProperty("NextToken") Optional<String> nextToken) {}

    /** Command by command, the newest first, and within a command in the order of its nodes. */
    CommandInvocations invocations(ListCommandInvocations request) {
        Optional<ServerId> server = request.instanceId().map(nodes::existing).map(Server::id);
        Selection selection = CommandFilter.selection(request.filters(), server);
        Optional<Command> only = request.commandId().map(id -> existing(history, id));
        int most = request.maxResults().orElse(ON_A_PAGE);
        List<CommandInvocation> found = new ArrayList<>();
        try {
            Optional<Place> place = Optional.of(Place.of(request.nextToken()));
            for (int looked = 0; looked < LOOKED_AT && place.isPresent() && found.size() < most; looked++) {
                place = look(place.get(), only, selection, request, most - found.size(), found);
            }
            return new CommandInvocations(found, place.map(Place::token));
        } catch (BadCursorException e) {
            throw Paging.badToken(request.nextToken().orElse(""));
        }
    }

    /** Adds what is found at a place, and says where to look next. */
    private Optional<Place> look(
            Place place,
            Optional<Command> only,
            Selection selection,
            ListCommandInvocations request,
            int most,
            List<CommandInvocation> found) {
        Page<Command> next = only.map(command -> new Page<>(List.of(command), Optional.empty()))
                .orElseGet(() -> history.commands(selection, place.command(), 1));
        if (next.entries().isEmpty()) {
            return Optional.empty();
        }
        Command command = next.entries().getFirst();
        Page<CommandRun> runs = history.runs(command.request().id(), selection.server(), place.run(), most);
        CommandMemo memo = CommandMemo.read(command.memo());
        runs.entries().stream()
                .filter(run -> CommandFilter.pass(
                        request.filters(),
                        CommandInvocation.status(command, memo, run),
                        run.run().state().ended(),
                        memo.documentName()))
                .map(run -> CommandInvocation.of(command, run, request.details().orElse(false)))
                .forEach(found::add);
        return runs.next().isPresent()
                ? Optional.of(new Place(place.command(), runs.next()))
                : next.next().map(behind -> new Place(Optional.of(behind), Optional.empty()));
    }

    /**
     * A place in the list of all invocations.
     *
     * @param command behind which command to look
     * @param run behind which run of the first command there
     */
    private record Place(Optional<String> command, Optional<String> run) {
        private static final String BETWEEN = "|";

        static Place of(Optional<String> token) {
            String position = Paging.position(token).orElse(BETWEEN);
            int between = position.indexOf(BETWEEN);
            return new Place(
                    given(position.substring(0, Math.max(0, between))), given(position.substring(between + 1)));
        }

        private static Optional<String> given(String text) {
            return Optional.of(text).filter(given -> !given.isEmpty());
        }

        String token() {
            return Paging.token(command.orElse("") + BETWEEN + run.orElse(""));
        }
    }

    record GetCommandInvocation(
            @JsonProperty("CommandId") String commandId,
            @JsonProperty("InstanceId") String instanceId,
            @JsonProperty("PluginName") Optional<String> pluginName) {}

    record Invocation(
            @JsonProperty("CommandId") String commandId,
            @JsonProperty("InstanceId") String instanceId,
            @JsonProperty("Comment") String comment,
            @JsonProperty("DocumentName") String documentName,
            @JsonProperty("DocumentVersion") String documentVersion,
            @JsonProperty("PluginName") String pluginName,
            @JsonProperty("ResponseCode") int responseCode,
            @JsonProperty("ExecutionStartDateTime") String startedAt,
            @JsonProperty("ExecutionElapsedTime") String elapsed,
            @JsonProperty("ExecutionEndDateTime") String endedAt,
            @JsonProperty("Status") String status,
            @JsonProperty("StatusDetails") String statusDetails,
            @JsonProperty("StandardOutputContent") String output,
            @JsonProperty("StandardOutputUrl") String outputUrl,
            @JsonProperty("StandardErrorContent") String error,
            @JsonProperty("StandardErrorUrl") String errorUrl) {}

    Invocation invocation(GetCommandInvocation request) {
        Command command = existing(history, request.commandId());
        ServerId server = nodes.existing(request.instanceId()).id();
        request.pluginName().filter(name -> !name.equals(CommandPlugin.NAME)).ifPresent(name -> {
            throw new SsmException(
                    "InvalidPluginName",
                    "The command has no step " + name + "; its only step is " + CommandPlugin.NAME);
        });
        CommandRun found =
                history.runs(command.request().id(), Optional.of(server), Optional.empty(), 1).entries().stream()
                        .findFirst()
                        .orElseThrow(() -> new SsmException(
                                "InvocationDoesNotExist",
                                "Command " + request.commandId() + " was not sent to instance "
                                        + request.instanceId()));
        return invocation(command, found);
    }

    private static Invocation invocation(Command command, CommandRun found) {
        CommandMemo memo = CommandMemo.read(command.memo());
        CommandStatus status = CommandInvocation.status(command, memo, found);
        RunReport run = found.run();
        return new Invocation(
                command.request().id().toString(),
                NodeIds.of(run.server()),
                memo.comment().orElse(""),
                memo.documentName(),
                memo.documentVersion(),
                CommandPlugin.NAME,
                CommandPlugin.responseCode(run, status),
                run.startedAt().map(Instant::toString).orElse(""),
                elapsed(run).map(Duration::toString).orElse(""),
                run.endedAt().map(Instant::toString).orElse(""),
                status.status(),
                status.details(),
                RunText.cut(RunText.output(run), LONGEST_OUTPUT),
                "",
                RunText.cut(RunText.errors(run), LONGEST_ERROR),
                "");
    }

    private static Optional<Duration> elapsed(RunReport run) {
        return run.startedAt().flatMap(start -> run.endedAt().map(end -> Duration.between(start, end)));
    }
}
