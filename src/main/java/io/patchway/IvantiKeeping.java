package io.patchway;

import io.patchway.access.BearerTokens;
import io.patchway.access.PasswordSignIn.Admitted;
import io.patchway.access.PasswordSignIn.TooMany;
import io.patchway.access.RememberedSignIn;
import io.patchway.access.Role;
import io.patchway.access.User;
import io.patchway.api.Dialect;
import io.patchway.api.ivanti.BasicSignIn;
import io.patchway.api.ivanti.BearerSignIn;
import io.patchway.api.ivanti.ConsoleResource;
import io.patchway.api.ivanti.IvantiDoor;
import io.patchway.api.ivanti.IvantiResource;
import io.patchway.api.ivanti.Links;
import io.patchway.api.ivanti.SignInMethod;
import io.patchway.api.ivanti.job.ConsoleName;
import io.patchway.api.ivanti.job.DeploymentDesk;
import io.patchway.api.ivanti.job.DeploymentsResource;
import io.patchway.api.ivanti.job.JobDesk;
import io.patchway.api.ivanti.job.JobTargets;
import io.patchway.api.ivanti.job.OperationsResource;
import io.patchway.api.ivanti.job.ScanDesk;
import io.patchway.api.ivanti.job.ScansResource;
import io.patchway.api.ivanti.machine.MachineFinder;
import io.patchway.api.ivanti.machine.MachineGroups;
import io.patchway.api.ivanti.machine.MachineGroupsResource;
import io.patchway.api.ivanti.machine.MachinesResource;
import io.patchway.api.ivanti.template.DeployTemplates;
import io.patchway.api.ivanti.template.DeployTemplatesResource;
import io.patchway.api.ivanti.template.Offers;
import io.patchway.api.ivanti.template.PatchGroups;
import io.patchway.api.ivanti.template.PatchGroupsResource;
import io.patchway.api.ivanti.template.PatchesResource;
import io.patchway.api.ivanti.template.ScanTemplates;
import io.patchway.api.ivanti.template.ScanTemplatesResource;
import io.patchway.api.web.ApiToken;
import io.patchway.audit.AuditLog;
import io.patchway.config.Settings;
import io.patchway.run.RequestDesk;
import io.patchway.run.RolloutLedger;
import io.patchway.server.Inventory;
import io.patchway.store.Database;
import io.patchway.store.SqlConsoleItems;
import io.patchway.store.SqlJobs;
import io.patchway.store.SqlScanHistory;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/** The parts that speak as Ivanti Security Controls does. */
final class IvantiKeeping {
    private static final String DOOR = "ivanti";

    private final Settings settings;
    private final Database database;
    private final String node;
    private final AuditLog audit;
    private final Clock clock;

    /** What work is done on, and how it is handed in and stopped. */
    record Reach(Inventory inventory, RequestDesk desk, RolloutLedger rollouts) {}

    /** @param node the name of this node, which is what the console is called */
    IvantiKeeping(Settings settings, Database database, String node, AuditLog audit, Clock clock) {
        this.settings = settings;
        this.database = database;
        this.node = node;
        this.audit = audit;
        this.clock = clock;
    }

    /** The door; {@code ownToken} is that of Patchway's own API, which may do everything. */
    Dialect door(Reach reach, RememberedSignIn passwords, BearerTokens tokens, ApiToken ownToken) {
        boolean behindProxy = settings.truth("patchway.ivanti.behind-tls-proxy", false);
        List<SignInMethod> methods = List.of(
                new BearerSignIn(token -> owner(token, tokens, ownToken)),
                new BasicSignIn((given, address) -> check(passwords, given, address), behindProxy));
        Links links = new Links(settings.text("patchway.api.public-url"), behindProxy);
        return new IvantiDoor(methods, links, audit, clock, resources(reach, id -> true));
    }

    private static Optional<User> owner(String token, BearerTokens tokens, ApiToken ownToken) {
        return ownToken.admits("Bearer " + token)
                ? Optional.of(new User("api", Role.ADMINISTRATOR, Set.of(), Optional.empty()))
                : tokens.apply(token);
    }

    private static SignInMethod.Answer check(
            RememberedSignIn passwords, BasicSignIn.Credentials given, String address) {
        return switch (passwords.check(DOOR, given.name(), given.password(), address)) {
            case Admitted admitted ->
                new SignInMethod.SignedIn(admitted.account().user());
            case TooMany tooMany -> new SignInMethod.TooMany(tooMany.pause());
            // The audit log has it already.
            default -> new SignInMethod.Refused("");
        };
    }

    /** @param credentials whether there is a credential with this id */
    private List<IvantiResource> resources(Reach reach, Predicate<UUID> credentials) {
        ConsoleName name = new ConsoleName(node);
        SqlConsoleItems items = new SqlConsoleItems(database, node);
        SqlJobs jobs = new SqlJobs(database, node);
        Offers offers = new Offers(new SqlScanHistory(database), clock);
        PatchGroups patchGroups = new PatchGroups(items, clock);
        ScanTemplates scanTemplates = new ScanTemplates(items, patchGroups, clock);
        DeployTemplates deployTemplates = new DeployTemplates(items, clock);
        MachineGroups machineGroups = new MachineGroups(items, reach.inventory(), clock);
        JobTargets targets = new JobTargets(new MachineFinder(reach.inventory()), machineGroups);
        JobDesk desk = new JobDesk(jobs, reach.desk(), reach.rollouts(), clock);
        return List.of(
                new ScansResource(jobs, new ScanDesk(desk, targets, scanTemplates, credentials, audit), desk, name),
                new DeploymentsResource(
                        jobs,
                        new DeploymentDesk(jobs, desk, targets, deployTemplates, credentials),
                        desk,
                        reach.inventory(),
                        name),
                new OperationsResource(jobs, desk, audit),
                new ScanTemplatesResource(scanTemplates),
                new DeployTemplatesResource(deployTemplates),
                new PatchGroupsResource(patchGroups, scanTemplates, offers),
                new PatchesResource(offers),
                new MachineGroupsResource(machineGroups),
                new MachinesResource(reach.inventory(), items, jobs, name.value()),
                new ConsoleResource(version()));
    }

    private static String version() {
        return Optional.ofNullable(IvantiKeeping.class.getPackage().getImplementationVersion())
                .orElse("0.1.0");
    }
}
