package io.patchway.api.ssm;

import io.patchway.run.RequestForm;
import io.patchway.run.SpecialOrders;
import io.patchway.server.Server;
import java.util.List;
import java.util.Optional;

/** Makes patch requests of commands, whoever sends them: a caller, or a maintenance window. */
public final class CommandForms {

    /**
     * The request that a command is.
     *
     * @throws SsmException when what it refers to is not there
     */
    RequestForm of(RunPatchBaseline run, List<Server> servers, RateControl rate, CommandMemo memo) {
        return run.form(
                servers.stream().map(Server::id).toList(),
                rate,
                new SpecialOrders(Optional.empty(), Optional.of(memo.text())));
    }
}
