package io.patchway.api.ssm.command;

import io.patchway.api.ssm.SsmException;
import io.patchway.run.Hooks;
import io.patchway.run.PatchOverride;
import io.patchway.run.RequestForm;
import io.patchway.run.SpecialOrders;
import io.patchway.server.Server;
import java.util.List;
import java.util.Optional;

/** Makes patch requests of commands, whoever sends them: a caller, or a maintenance window. */
public final class CommandForms {
    private final OverrideFiles files;
    private final Hooks hooks;

    /** Forms of commands that name nothing by an address. */
    public CommandForms(Hooks hooks) {
        this(new OverrideDownload(List.of()), hooks);
    }

    /**
     * @param download where the overrides that commands name may come from
     * @param hooks the hooks that commands may name
     */
    public CommandForms(OverrideDownload download, Hooks hooks) {
        this.files = new OverrideFiles(download);
        this.hooks = hooks;
    }

    /**
     * The request that a command is. What the command names by an address is fetched now.
     *
     * @throws SsmException when what it refers to is not there
     */
    public RequestForm of(RunPatchBaseline run, List<Server> servers, RateControl rate, CommandMemo memo) {
        HookParameters.check(run.hooks(), hooks);
        Optional<PatchOverride> override = run.installOverrideList()
                .<PatchOverride>map(files::installList)
                .or(() -> run.baselineOverride().map(files::baselineList));
        return run.form(
                servers.stream().map(Server::id).toList(),
                rate,
                new SpecialOrders(override, Optional.of(memo.text()), run.hooks()));
    }
}
