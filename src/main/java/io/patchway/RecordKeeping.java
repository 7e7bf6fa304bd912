package io.patchway;

import io.patchway.api.web.AuditResource;
import io.patchway.api.web.OutboxResource;
import io.patchway.api.web.Resource;
import io.patchway.api.web.ServersResource;
import io.patchway.audit.AuditLog;
import io.patchway.audit.HeadFile;
import io.patchway.audit.Sealer;
import io.patchway.config.ConfigurationFingerprints;
import io.patchway.routes.RecordKeepingRoutes;
import io.patchway.run.ExecutionIds;
import io.patchway.run.History;
import io.patchway.run.OutboxWatch;
import io.patchway.run.Pruner;
import io.patchway.run.RetentionRule;
import io.patchway.run.Webhook;
import io.patchway.store.Database;
import io.patchway.store.DatabaseProbe;
import io.patchway.store.SqlArchive;
import io.patchway.store.SqlAuditLog;
import io.patchway.store.SqlConfigurationHistory;
import io.patchway.store.SqlHistory;
import io.patchway.store.SqlOutbox;
import io.patchway.store.SqlWebhookOutbox;
import io.patchway.webhook.WebhookComposer;
import io.patchway.webhook.WebhookRoom;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of Patchway that keep its records: the audit log, and what is shown and removed of the history. */
final class RecordKeeping {
    /** The properties that its routes read. */
    static final List<String> READ_BY_ROUTES = List.of(
            "patchway.audit.seal-period",
            "patchway.webhook.period",
            "patchway.retention.period",
            MaintenanceKeeping.READ_BY_ROUTE);

    private static final Logger LOG = LoggerFactory.getLogger(RecordKeeping.class);

    private static final Duration PROBE_PATIENCE = Duration.ofSeconds(3);

    private final Database database;
    private final String node;
    private final SqlAuditLog audit;
    private final SqlConfigurationHistory configurations;
    private final SqlHistory history;
    private final SqlOutbox outbox;
    private final HeadFile headFile;
    private final MaintenanceKeeping maintenance;
    private final Clock clock;

    /**
     * @param node the name of this node
     * @param longestMaintenance how long a maintenance mode lasts that is set without an end
     */
    RecordKeeping(Database database, String node, Path folder, Duration longestMaintenance, Clock clock) {
        this.database = database;
        this.node = node;
        this.history = new SqlHistory(database);
        this.outbox = new SqlOutbox(database, node);
        this.audit = new SqlAuditLog(database, node, clock);
        this.configurations = new SqlConfigurationHistory(database, node, clock);
        this.headFile = headFile(folder);
        this.maintenance = new MaintenanceKeeping(database, node, longestMaintenance, clock);
        this.clock = clock;
    }

    /** Where the head of the audit log's chain is noted outside the database. */
    static HeadFile headFile(Path folder) {
        return new HeadFile(folder.resolve("audit-head"));
    }

    AuditLog audit() {
        return audit;
    }

    History history() {
        return history;
    }

    MaintenanceKeeping maintenance() {
        return maintenance;
    }

    /** @param alertAfter how long a message may wait in the outbox before an alert is raised */
    void addRoutes(CamelContext camel, Duration alertAfter, RetentionRule retention) throws Exception {
        OutboxWatch watch = new OutboxWatch(outbox, audit, clock, alertAfter);
        Pruner pruner = new Pruner(new SqlArchive(database, node), retention, clock);
        Sealer sealer = new Sealer(audit, headFile, clock);
        camel.addRoutes(new RecordKeepingRoutes(sealer, watch, pruner));
        maintenance.addTo(camel);
    }

    /** Binds what the routes of webhooks call. */
    void addWebhooks(CamelContext camel, List<Webhook> webhooks) {
        SqlWebhookOutbox deliveries = new SqlWebhookOutbox(database, node);
        camel.getRegistry().bind("webhookRoom", new WebhookRoom(deliveries, clock));
        camel.getRegistry()
                .bind(
                        "webhookComposer",
                        new WebhookComposer(
                                webhooks,
                                history,
                                request -> maintenance.modes().leftOnBy(request.value())));
    }

    /**
     * What it shows through the HTTP API.
     *
     * @param ids how server runs are called
     */
    List<Resource> resources(ExecutionIds ids) {
        return List.of(
                new AuditResource(audit, headFile),
                new OutboxResource(outbox, clock),
                new ServersResource(history, ids),
                maintenance.resource(ids));
    }

    /** Whether the database answers within a few seconds; to be closed. */
    DatabaseProbe probe() {
        return new DatabaseProbe(database, PROBE_PATIENCE);
    }

    /** Tells the audit log what has changed in the files of these folders and in the settings since the last start. */
    void compareConfiguration(List<Path> folders, Map<String, String> settings) throws IOException {
        int changes = configurations.compare(ConfigurationFingerprints.of(folders, settings));
        if (changes > 0) {
            LOG.info("{} items of the configuration differ from the last start; the audit log has them", changes);
        }
    }
}
