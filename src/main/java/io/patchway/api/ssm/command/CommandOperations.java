package io.patchway.api.ssm.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.access.Caller;
import io.patchway.api.ssm.Empty;
import io.patchway.api.ssm.NodeIds;
import io.patchway.api.ssm.Nodes;
import io.patchway.api.ssm.OperationGroup;
import io.patchway.api.ssm.OperationTable;
import io.patchway.api.ssm.Paging;
import io.patchway.api.ssm.SsmException;
import io.patchway.run.BadCursorException;
import io.patchway.run.CommandHistory;
import io.patchway.run.CommandHistory.Command;
import io.patchway.run.CommandHistory.Selection;
import io.patchway.run.Page;
import io.patchway.run.RequestId;
import io.patchway.run.RolloutLedger;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Run Command: sends commands, tells how they are getting on, and cancels them. */
public final class CommandOperations implements OperationGroup {
    private static final int ON_A_PAGE = 50;
    /** Commands that one call looks at before it hands back what it has. */
    private static final int LOOKED_AT = 1000;

    private final CommandDesk desk;
    private final Nodes nodes;
    private final CommandHistory history;
    private final RolloutLedger rollouts;
    private final Clock clock;

    public CommandOperations(
            CommandDesk desk, Nodes nodes, CommandHistory history, RolloutLedger rollouts, Clock clock) {
        this.desk = desk;
        this.nodes = nodes;
        this.history = history;
        this.rollouts = rollouts;
        this.clock = clock;
    }

    @Override
    public void addTo(OperationTable table) {
        table.operates("SendCommand", SendCommand.class, this::send);
        table.operates("CancelCommand", CancelCommand.class, this::cancel);
        table.reads("ListCommands", ListCommands.class, this::commands);
    }

    record SentCommand(@JsonProperty("Command") CommandSummary command) {}

    SentCommand send(Caller caller, SendCommand command) {
        RequestId id = desk.send(caller, command);
        return new SentCommand(CommandSummary.of(existing(id.toString())));
    }

    record CancelCommand(
            @JsonProperty("CommandId") String commandId,
            @JsonProperty("InstanceIds") List<String> instanceIds) {
        CancelCommand {
            instanceIds = instanceIds == null ? List.of() : List.copyOf(instanceIds);
        }
    }

    /** Ends runs where they can end; a command that has ended stays as it is. */
    Empty cancel(Caller caller, CancelCommand request) {
        Command command = existing(request.commandId());
        Set<ServerId> servers =
                nodes.existing(request.instanceIds()).stream().map(Server::id).collect(Collectors.toUnmodifiableSet());
        for (ServerId server : servers) {
            if (history.runs(command.request().id(), Optional.of(server), Optional.empty(), 1)
                    .entries()
                    .isEmpty()) {
                throw new SsmException(
                        "InvalidInstanceId", "Instance " + NodeIds.of(server) + " is not part of the command");
            }
        }
        rollouts.cancel(command.request().id(), servers, "cancelled by " + caller.name(), clock.instant());
        return new Empty();
    }

    record ListCommands(
            @JsonProperty("CommandId") Optional<String> commandId,
            @JsonProperty("InstanceId") Optional<String> instanceId,
            @JsonProperty("MaxResults") Optional<Integer> maxResults,
            @JsonProperty("NextToken") Optional<String> nextToken,
            @JsonProperty("Filters") List<CommandFilter> filters) {
        ListCommands {
            filters = filters == null ? List.of() : List.copyOf(filters);
        }
    }

    record Commands(
            @JsonProperty("Commands") List<CommandSummary> commands,
            @JsonProperty("NextToken") Optional<String> nextToken) {}

    Commands commands(ListCommands request) {
        Optional<ServerId> server = request.instanceId().map(nodes::existing).map(Server::id);
        Selection selection = CommandFilter.selection(request.filters(), server);
        if (request.commandId().isPresent()) {
            Command only = existing(request.commandId().get());
            boolean meant = server.isEmpty()
                    || !history.runs(only.request().id(), server, Optional.empty(), 1)
                            .entries()
                            .isEmpty();
            return new Commands(
                    meant && passes(request.filters(), only) ? List.of(CommandSummary.of(only)) : List.of(),
                    Optional.empty());
        }
        return page(request, selection);
    }

    private Commands page(ListCommands request, Selection selection) {
        int most = request.maxResults().orElse(ON_A_PAGE);
        List<CommandSummary> found = new ArrayList<>();
        Optional<String> cursor = Paging.position(request.nextToken());
        for (int looked = 0; looked < LOOKED_AT; looked += most) {
            Page<Command> page = commands(request.nextToken(), selection, cursor, most - found.size());
            page.entries().stream()
                    .filter(command -> passes(request.filters(), command))
                    .map(CommandSummary::of)
                    .forEach(found::add);
            cursor = page.next();
            if (cursor.isEmpty() || found.size() == most) {
                break;
            }
        }
        return new Commands(found, cursor.map(Paging::token));
    }

    private Page<Command> commands(Optional<String> token, Selection selection, Optional<String> cursor, int limit) {
        try {
            return history.commands(selection, cursor, limit);
        } catch (BadCursorException e) {
            throw Paging.badToken(token.orElse(""));
        }
    }

    private static boolean passes(List<CommandFilter> filters, Command command) {
        CommandMemo memo = CommandMemo.read(command.memo());
        return CommandFilter.pass(
                filters,
                CommandStatus.of(command, memo),
                command.request().endedAt().isPresent(),
                memo.documentName());
    }

    private Command existing(String commandId) {
        return InvocationOperations.existing(history, commandId);
    }
}
