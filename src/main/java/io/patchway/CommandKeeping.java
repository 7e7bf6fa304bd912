package io.patchway;

import io.patchway.api.ssm.Nodes;
import io.patchway.api.ssm.OperationGroup;
import io.patchway.api.ssm.command.CommandDesk;
import io.patchway.api.ssm.command.CommandForms;
import io.patchway.api.ssm.command.CommandOperations;
import io.patchway.api.ssm.command.DocumentOperations;
import io.patchway.api.ssm.command.InvocationOperations;
import io.patchway.api.ssm.command.OverrideDownload;
import io.patchway.api.ssm.compliance.ComplianceOperations;
import io.patchway.api.ssm.compliance.ComplianceSummaryOperations;
import io.patchway.api.ssm.compliance.InstanceInformationOperations;
import io.patchway.api.ssm.compliance.InstancePatchOperations;
import io.patchway.api.ssm.compliance.ScannedPatches;
import io.patchway.api.web.Resource;
import io.patchway.api.web.ScansResource;
import io.patchway.config.Settings;
import io.patchway.run.History;
import io.patchway.run.Hooks;
import io.patchway.run.RequestDesk;
import io.patchway.run.RolloutLedger;
import io.patchway.server.Inventory;
import io.patchway.store.Database;
import io.patchway.store.SqlCommandHistory;
import io.patchway.store.SqlComplianceRecords;
import io.patchway.store.SqlReports;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/** The parts that take commands, and that tell what scans say of servers. */
final class CommandKeeping implements AutoCloseable {
    private final SqlCommandHistory commands;
    private final SqlComplianceRecords records;
    private final SqlReports reports;
    private final OverrideDownload overrides;
    private final Clock clock;

    /** @param node the name of this node in the audit log */
    CommandKeeping(Settings settings, Database database, String node, Clock clock) {
        this.commands = new SqlCommandHistory(database);
        this.records = new SqlComplianceRecords(database);
        this.reports = new SqlReports(database, node, clock);
        this.overrides = new OverrideDownload(prefixes(settings));
        this.clock = clock;
    }

    private static List<String> prefixes(Settings settings) {
        return settings.text(OverrideDownload.SETTING).stream()
                .flatMap(text -> Arrays.stream(text.split("[,\\s]+")))
                .toList();
    }

    /** What it serves in the words of AWS Systems Manager. */
    List<OperationGroup> operations(
            Inventory inventory, Hooks hooks, RequestDesk desk, RolloutLedger rollouts, History history) {
        Nodes nodes = new Nodes(inventory);
        ScannedPatches patches = new ScannedPatches(records);
        CommandDesk sender = new CommandDesk(nodes, desk, new CommandForms(overrides, hooks));
        return List.of(
                new CommandOperations(sender, nodes, commands, rollouts, clock),
                new InvocationOperations(nodes, commands),
                new DocumentOperations(),
                new InstanceInformationOperations(nodes, records, history),
                new InstancePatchOperations(nodes, records, patches),
                new ComplianceOperations(nodes, records, patches, reports),
                new ComplianceSummaryOperations(nodes, records, reports));
    }

    /** What it shows through Patchway's own API. */
    Resource scans() {
        return new ScansResource(records);
    }

    @Override
    public void close() {
        overrides.close();
    }
}
