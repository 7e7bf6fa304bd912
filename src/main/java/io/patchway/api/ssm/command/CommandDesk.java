package io.patchway.api.ssm.command;

import io.patchway.access.Caller;
import io.patchway.api.ssm.NodeIds;
import io.patchway.api.ssm.Nodes;
import io.patchway.api.ssm.SsmException;
import io.patchway.api.ssm.TargetDocument;
import io.patchway.run.Operation;
import io.patchway.run.Receipt;
import io.patchway.run.RefusedRequestException;
import io.patchway.run.RequestDesk;
import io.patchway.run.RequestForm;
import io.patchway.run.RequestForm.Origin;
import io.patchway.run.RequestId;
import io.patchway.run.TooBusyException;
import io.patchway.server.Server;
import java.util.List;
import java.util.Optional;

/** Hands commands in as the patch requests that they are. */
public final class CommandDesk {
    private final Nodes nodes;
    private final RequestDesk desk;
    private final CommandForms forms;

    public CommandDesk(Nodes nodes, RequestDesk desk, CommandForms forms) {
        this.nodes = nodes;
        this.desk = desk;
        this.forms = forms;
    }

    /** @throws SsmException when anything about the command is not as it must be; then nothing is done */
    RequestId send(Caller caller, SendCommand command) {
        RunPatchBaseline run =
                RunPatchBaseline.of(command.documentName(), command.documentVersion(), command.parameters());
        command.documentHash().ifPresent(hash -> DocumentText.checkHash(run.document(), hash));
        List<Server> servers = servers(command, run.operation());
        RequestForm form = forms.of(run, servers, command.rate(), command.memo(run.document()));
        Origin origin =
                new Origin("command " + run.document().wireName(), caller.name(), Optional.empty(), Optional.empty());
        try {
            Receipt receipt = desk.accept(form, origin);
            return receipt.request().orElseThrow(() -> new SsmException("InvalidInstanceId", receipt.refusals()));
        } catch (TooBusyException e) {
            throw new SsmException("ThrottlingException", e.getMessage());
        } catch (RefusedRequestException e) {
            throw DocumentParameter.invalid(e.getMessage());
        }
    }

    private List<Server> servers(SendCommand command, Operation operation) {
        if (command.instanceIds().isEmpty() == command.targets().isEmpty()) {
            throw SsmException.invalid("Either InstanceIds or Targets must be given, and not both");
        }
        return command.targets().isEmpty() ? named(command, operation) : meant(command, operation);
    }

    private List<Server> named(SendCommand command, Operation operation) {
        List<Server> servers = nodes.existing(command.instanceIds());
        servers.stream()
                .filter(server -> refuses(server, operation))
                .findFirst()
                .ifPresent(server -> {
                    throw new SsmException(
                            "InvalidInstanceId",
                            "Instance " + NodeIds.of(server.id()) + " (" + server.id()
                                    + ") is for scans only (scanOnly in the"
                                    + " inventory); nothing is installed on it");
                });
        return servers;
    }

    /** Servers that are for scans only are not meant by an install. */
    private List<Server> meant(SendCommand command, Operation operation) {
        List<Server> servers = TargetDocument.selection(command.targets(), nodes.ids()).in(nodes.inventory()).stream()
                .filter(server -> !refuses(server, operation))
                .toList();
        if (servers.isEmpty()) {
            throw new SsmException(
                    "InvalidInstanceId", "No server of the inventory that may be worked on fits the targets");
        }
        return servers;
    }

    private static boolean refuses(Server server, Operation operation) {
        return server.scanOnly() && operation == Operation.INSTALL;
    }
}
