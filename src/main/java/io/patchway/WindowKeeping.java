package io.patchway;

import io.patchway.api.ssm.ClientTokens;
import io.patchway.api.ssm.NodeIds;
import io.patchway.api.ssm.OperationGroup;
import io.patchway.api.ssm.SelectedServers;
import io.patchway.api.ssm.window.FileWindows;
import io.patchway.api.ssm.window.WindowGroups;
import io.patchway.api.web.Resource;
import io.patchway.api.web.WindowsResource;
import io.patchway.config.Configuration;
import io.patchway.routes.WindowRoutes;
import io.patchway.run.History;
import io.patchway.run.Hooks;
import io.patchway.run.window.WindowBook;
import io.patchway.run.window.WindowEngine;
import io.patchway.run.window.WindowEngine.Work;
import io.patchway.run.window.WindowExecutions;
import io.patchway.run.window.Windows;
import io.patchway.server.Inventory;
import io.patchway.store.Database;
import io.patchway.store.SqlTags;
import io.patchway.store.SqlWindowBook;
import io.patchway.store.SqlWindowExecutions;
import io.patchway.store.SqlWindowLedger;
import io.patchway.tag.Tags;
import io.patchway.window.WindowId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;

/** The parts of Patchway that keep maintenance windows and carry out what is to be done in them. */
final class WindowKeeping {
    /** The properties that its routes read. */
    static final List<String> READ_BY_ROUTES = List.of("patchway.windows.align-period", "patchway.windows.period");

    private static final String EVERY_MINUTE = "0 * * * * ?";
    private static final Duration PUNCTUAL = Duration.ofMinutes(2);

    private final Windows windows;
    private final WindowBook book;
    private final WindowExecutions executions;
    private final WindowEngine engine;
    private final Inventory inventory;
    private final History history;
    private final Tags tags;
    private final Clock clock;
    private final Hooks hooks;

    WindowKeeping(
            Configuration written,
            Database database,
            String node,
            Inventory inventory,
            Work work,
            RecordKeeping records,
            Clock clock) {
        this.inventory = inventory;
        this.history = records.history();
        this.tags = new SqlTags(database, node, clock);
        this.clock = clock;
        this.hooks = written::hooks;
        this.book = new SqlWindowBook(database, node);
        this.windows = new Windows(FileWindows.of(written.windows(), clock.instant()), book);
        this.executions = new SqlWindowExecutions(database, node);
        this.engine = WindowEngine.of(
                windows,
                new SqlWindowLedger(database),
                executions,
                new SelectedServers(inventory, new NodeIds(inventory)),
                work,
                history::request,
                records.audit(),
                clock,
                PUNCTUAL);
    }

    /** Adds the routes; those of the windows themselves come from their template, once it is loaded. */
    void addTo(CamelContext camel) throws Exception {
        camel.getRegistry().bind("windowOpener", engine.opener());
        camel.addRoutes(new WindowRoutes(windows, engine.runner(), EVERY_MINUTE));
    }

    /** What it shows through Patchway's own API. */
    Resource resource() {
        return new WindowsResource(windows, executions, engine.opener(), clock);
    }

    /** What it serves in the words of AWS Systems Manager. */
    List<OperationGroup> operations(ClientTokens tokens) {
        return WindowGroups.of(windows, book, executions, history, inventory, tags, tokens, hooks, clock);
    }

    /** The hooks that its tasks may name, as commands may. */
    Hooks hooks() {
        return hooks;
    }

    /** Whether there is a window with this id. */
    boolean exists(String id) {
        return WindowId.of(id).flatMap(windows::find).isPresent();
    }
}
