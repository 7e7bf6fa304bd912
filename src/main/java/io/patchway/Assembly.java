package io.patchway;

import io.patchway.api.FrontDoor;
import io.patchway.api.clc.ClcResource;
import io.patchway.api.operations.OperationsDoor;
import io.patchway.api.ssm.OperationGroup;
import io.patchway.api.web.RequestsResource;
import io.patchway.api.web.Resource;
import io.patchway.api.web.RolloutsResource;
import io.patchway.cli.TerminalProgress;
import io.patchway.config.Configuration;
import io.patchway.config.ListedServers;
import io.patchway.config.Loaded;
import io.patchway.config.Settings;
import io.patchway.config.WebhooksFile;
import io.patchway.config.document.Problem;
import io.patchway.connection.Connections;
import io.patchway.connection.HttpHealthPage;
import io.patchway.intake.Inbox;
import io.patchway.intake.RequestIntake;
import io.patchway.mail.MailBeans;
import io.patchway.packagemanager.AccessByKind;
import io.patchway.rehearsal.RehearsalFleet;
import io.patchway.routes.InboxFilter;
import io.patchway.routes.Outage;
import io.patchway.routes.TroubleWithDatabase;
import io.patchway.run.AbsenceWatch;
import io.patchway.run.MailOutbox;
import io.patchway.run.RequestDesk;
import io.patchway.run.Rollouts;
import io.patchway.run.RunNode;
import io.patchway.run.RunPolicy;
import io.patchway.run.ServerAccess;
import io.patchway.run.Webhook;
import io.patchway.run.step.HealthCheck;
import io.patchway.run.step.RolloutSteps;
import io.patchway.run.step.Steps;
import io.patchway.run.window.WindowEngine.Work;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import io.patchway.store.Database;
import io.patchway.store.DatabaseProbe;
import io.patchway.store.SqlAbsences;
import io.patchway.store.SqlMailOutbox;
import io.patchway.store.SqlRolloutLedger;
import io.patchway.store.SqlRunLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts of Patchway together, once the settings are known and before any route starts. */
final class Assembly implements CamelConfiguration, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);
    private static final Path CONFIG = Path.of("config");
    private static final Path VAR = Path.of("var");
    private static final Set<String> READ_BY_ROUTES = Set.of(
            "patchway.steps",
            "patchway.absences.period",
            "patchway.claim-period",
            "patchway.rollout.period",
            "patchway.mail.period",
            MailBeans.ENDPOINT_PROPERTY);
    private static final String SERVERS = "servers.yaml";
    private static final Duration INBOX_PATIENCE = Duration.ofMinutes(10);

    private final Clock clock = Clock.systemUTC();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private Settings settings;
    private RequestDesk desk;
    private RequestIntake intake;
    private SqlRunLedger ledger;
    private RecordKeeping records;
    private CommandKeeping commands;
    private FrontDoors doors;
    private BaselineKeeping baselines;
    private SqlAbsences absences;
    private SqlRolloutLedger rolloutLedger;
    private WindowKeeping windows;
    private ClcKeeping clc;
    private List<ClcResource> clcReading;
    private MachineKeeping machines;
    private List<Webhook> webhooks;
    private List<Server> rehearsal = List.of();
    private Inventory inventory;
    private boolean serversAreKnown;

    @Override
    public void configure(CamelContext camel) throws Exception {
        settings = new Settings(camel.getPropertiesComponent()::resolveProperty);
        MachineSettings machine = new MachineSettings(settings);
        makePrivate(VAR);
        Database database = opened(Database.open(machine.database()));
        Outage outage = new Outage("The database");
        camel.addRoutesConfigurations(new TroubleWithDatabase(outage));
        String node = machine.nodeName();
        Loaded<List<Webhook>> told = new WebhooksFile(CONFIG.resolve("webhooks.yaml")).load();
        told.problems().stream().map(Problem::toString).forEach(LOG::error);
        webhooks = told.content();
        ledger = new SqlRunLedger(database, machine.mail().domain(), webhooks, node);
        commands = opened(new CommandKeeping(settings, database, node, clock));
        records = new RecordKeeping(database, node, VAR, machine.longestMaintenance(), clock);
        doors = new FrontDoors(settings, database, node, records.audit(), clock);
        Duration alertAfter = settings.duration("patchway.mail.alert-after", Duration.ofMinutes(15));
        records.addRoutes(camel, alertAfter, machine.retention());
        Configuration written = Configuration.load(CONFIG);
        written.problems().stream().map(Problem::toString).forEach(LOG::error);
        baselines = new BaselineKeeping(database, settings, node, clock);
        baselines.bringIn(CONFIG, written);
        inventory = baselines.tagged(records.maintenance().marking(servers(written.inventory())));
        Rollouts rollouts = new Rollouts(inventory, written.gates(), machine.largeFleet());
        rolloutLedger = new SqlRolloutLedger(database, node);
        absences = new SqlAbsences(database, machine.mail().domain(), webhooks, node);
        desk = new RequestDesk(
                inventory,
                baselines.stored(),
                written.scriptPackages(),
                rollouts,
                ledger,
                machine.admissionLimit(),
                clock);
        clc = new ClcKeeping(settings, database, inventory, written.scriptPackages(), records.maintenance(), clock);
        machines = new MachineKeeping(CONFIG, settings, database, inventory, desk, ledger, records.audit(), clock);
        clcReading = ClcReading.of(
                database, clc.servers(), machine.executionIds(), CONFIG.resolve(SERVERS), machines::seen, clock);
        intake = new RequestIntake(desk, records.audit(), machine.executionIds());

        serversAreKnown = !written.inventory().all().isEmpty()
                || written.problems().stream()
                        .noneMatch(problem -> problem.file().endsWith(SERVERS));
        Work work = new Work(desk, ledger, rolloutLedger);
        windows = new WindowKeeping(written, database, node, inventory, work, records, clock);
        if (serversAreKnown) {
            addServerRuns(camel, written, rollouts, machine, outage);
            windows.addTo(camel);
        } else {
            LOG.error("Server runs and windows wait until {} is mended and Patchway is started again", SERVERS);
        }
        addMails(camel, database, machine);
        records.addWebhooks(camel, webhooks);
        Inbox inbox = new Inbox(settings.path("patchway.inbox", "var/inbox"), intake, clock, INBOX_PATIENCE);
        bind(camel, "inbox", inbox);
        bind(camel, "inboxFilter", new InboxFilter(inbox));
    }

    private void addServerRuns(
            CamelContext camel, Configuration written, Rollouts rollouts, MachineSettings machine, Outage database)
            throws Exception {
        ServerAccess access = new AccessByKind(opened(new Connections()), clock);
        HealthCheck gate = new HealthCheck(rollouts, opened(new HttpHealthPage()), access, inventory, machines.power());
        RunPolicy policy = machine.policy();
        Steps steps = baselines.steps(inventory, written, access, ledger, policy, machines.machines());
        machines.start(camel, access);
        opened(new DelegationKeeping(camel, settings, inventory, written.scriptPackages(), ledger, policy, clock));
        RunNode worker = new RunNode(
                machine.node(), ledger, policy, new TerminalProgress(System.out, clock, ZoneId.systemDefault()), clock);
        PatchPipeline pipeline = new PatchPipeline(
                worker,
                steps,
                new RolloutSteps(rolloutLedger, gate, machine.rolloutPatience(), clock),
                new AbsenceWatch(absences, inventory, access, clock));
        pipeline.addTo(camel, database, StepWire.open(camel, machine, worker.settings()));
    }

    private void addMails(CamelContext camel, Database database, MachineSettings machine) {
        MailOutbox outbox = new SqlMailOutbox(database, machine.nodeName());
        MailBeans mails = new MailBeans(machine.mail(), ledger, outbox, intake.ids(), clock);
        mails.byName().forEach((name, bean) -> bind(camel, name, bean));
        camel.getPropertiesComponent().addOverrideProperty(MailBeans.ENDPOINT_PROPERTY, mails.endpoint());
    }

    private Inventory servers(Inventory own) throws IOException {
        if (settings.truth("patchway.rehearsal", true)) {
            rehearsal = opened(RehearsalFleet.start(VAR.resolve("rehearsal"))).servers();
        }
        List<Server> all = new ArrayList<>(own.all());
        all.addAll(rehearsal);
        return doors.grouping(new ListedServers(all));
    }

    /** Names every {@code patchway.*} property that is no setting; to be called once all parts have theirs. */
    void tellUnknownSettings(CamelContext camel) {
        READ_BY_ROUTES.forEach(settings::text);
        RecordKeeping.READ_BY_ROUTES.forEach(settings::text);
        WindowKeeping.READ_BY_ROUTES.forEach(settings::text);
        MachineKeeping.READ_BY_ROUTES.forEach(settings::text);
        Collection<String> given = camel.getPropertiesComponent()
                .loadProperties(name -> name.startsWith("patchway."))
                .stringPropertyNames();
        settings.unknown(given)
                .forEach(name ->
                        LOG.error("config/application.properties: {} is not a setting; it has no effect", name));
    }

    /** Tells the audit log what has changed since the last start; to be called once all parts have their settings. */
    void recordConfiguration() throws IOException {
        records.compareConfiguration(List.of(CONFIG, Path.of("routes")), settings.inUse());
    }

    /** Opens the HTTP door; returns where it listens. */
    String openDoor() throws IOException {
        List<Resource> resources = new ArrayList<>(records.resources(intake.ids()));
        resources.add(new RequestsResource(intake, ledger, rolloutLedger, records.history(), clock));
        resources.add(new RolloutsResource(rolloutLedger, clock));
        resources.addAll(baselines.resources(inventory));
        resources.addAll(List.of(commands.scans(), windows.resource(), machines.resource(intake.ids())));
        List<OperationGroup> operations = new ArrayList<>(baselines.operations(doors.clientTokens(), windows::exists));
        operations.addAll(commands.operations(inventory, windows.hooks(), desk, rolloutLedger, records.history()));
        operations.addAll(windows.operations(doors.clientTokens()));
        List<ClcResource> calls = new ArrayList<>(clc.resources(desk, ledger, records.audit()));
        calls.addAll(clcReading);
        calls.addAll(machines.clcResources(clc.servers(), intake.ids()));
        IvantiKeeping.Reach reach = new IvantiKeeping.Reach(inventory, desk, rolloutLedger);
        FrontDoor door = opened(doors.open(resources, operations, calls, baselines.snapshotPage(), reach));
        String address = baselines.reachedAt("http://" + doors.host() + ":" + door.port());
        return address + "/api/requests with the bearer token in " + doors.tokenFile();
    }

    /** Opens the door of operations, if it has a port; returns where it listens. */
    Optional<String> openOperationsDoor() {
        String host = settings.text("patchway.management.host", "127.0.0.1");
        String port = "patchway.management.port";
        if (settings.text(port).isEmpty()) {
            return Optional.empty();
        }
        DatabaseProbe probe = opened(records.probe());
        OperationsDoor closed = opened(new OperationsDoor(probe::answers));
        OperationsDoor door = new Listening(port, host, settings.number(port, 0, 0, 65535)).open(closed::start);
        return Optional.of("http://" + host + ":" + door.port() + "/observe/health/ready");
    }

    RequestDesk desk() {
        return desk;
    }

    Inventory inventoryInUse() {
        return inventory;
    }

    /** False when the inventory has a mistake: a run whose server is missing from it must wait, not fail. */
    boolean serversAreKnown() {
        return serversAreKnown;
    }

    List<Server> rehearsal() {
        return rehearsal;
    }

    List<Webhook> webhooks() {
        return webhooks;
    }

    Settings settings() {
        return settings;
    }

    /** What is missing on which server is nobody else's business. */
    private static void makePrivate(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private static void bind(CamelContext camel, String name, Object bean) {
        camel.getRegistry().bind(name, bean);
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    /** Closes what was opened, the last first; a part that cannot be closed does not keep the others open. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            AutoCloseable part = open.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} did not close properly", part.getClass().getSimpleName(), e);
            }
        }
    }
}
