package io.patchway.api.ssm.window;

import io.patchway.api.ssm.ClientTokens;
import io.patchway.api.ssm.NodeIds;
import io.patchway.api.ssm.OperationGroup;
import io.patchway.run.History;
import io.patchway.run.Hooks;
import io.patchway.run.window.WindowBook;
import io.patchway.run.window.WindowExecutions;
import io.patchway.run.window.Windows;
import io.patchway.server.Inventory;
import io.patchway.tag.Tags;
import java.time.Clock;
import java.util.List;

/** All operations about maintenance windows. */
public final class WindowGroups {
    private WindowGroups() {}

    /** The groups of operations over these windows. */
    public static List<OperationGroup> of(
            Windows windows,
            WindowBook book,
            WindowExecutions executions,
            History history,
            Inventory inventory,
            Tags tags,
            ClientTokens tokens,
            Hooks hooks,
            Clock clock) {
        NodeIds nodes = new NodeIds(inventory);
        WindowAccess access = new WindowAccess(windows, book, clock);
        return List.of(
                new WindowOperations(access, tags, tokens),
                new WindowScheduleOperations(access, inventory, nodes),
                new WindowTargetOperations(access, tokens, nodes),
                new WindowTaskOperations(access, tokens, new TaskRule(nodes, hooks)),
                new WindowExecutionOperations(executions, new TaskInvocations(history), clock));
    }
}
