package io.patchway.api.ivanti;

import io.patchway.access.Role;
import io.patchway.access.User;
import io.patchway.api.FrontDoor;
import io.patchway.api.ivanti.SignInMethod.Refused;
import io.patchway.api.ivanti.SignInMethod.SignedIn;
import io.patchway.api.ivanti.job.ConsoleApi;
import io.patchway.api.ivanti.job.ConsoleName;
import io.patchway.api.ivanti.machine.MachineGroups;
import io.patchway.audit.RecordingAuditLog;
import io.patchway.baseline.EverythingApproved;
import io.patchway.console.ToldItems;
import io.patchway.console.group.GroupedInventory;
import io.patchway.maintenance.MaintenanceModes;
import io.patchway.maintenance.MarkedInventory;
import io.patchway.maintenance.ToldModes;
import io.patchway.run.AdmissionLimit;
import io.patchway.run.RequestDesk;
import io.patchway.run.Rollouts;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunPolicy;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerRun;
import io.patchway.run.SimulatedServers;
import io.patchway.run.Transition;
import io.patchway.run.step.StepWork;
import io.patchway.run.step.Steps;
import io.patchway.server.Inventory;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import io.patchway.store.SqlConsoleItems;
import io.patchway.store.SqlJobs;
import io.patchway.store.SqlMaintenanceModes;
import io.patchway.store.SqlRolloutLedger;
import io.patchway.store.SqlRunLedger;
import io.patchway.store.SqlScanHistory;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A console on a free port, over a real store and simulated servers, whose work a test moves on by hand. It knows the
 * users {@code vera} (viewer), {@code otto} (operator) and {@code anna} (administrator), each with her own name as the
 * password.
 */
public final class OpenConsole implements AutoCloseable {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration LATER = Duration.ofHours(3);
    private static final Map<String, Role> USERS =
            Map.of("vera", Role.VIEWER, "otto", Role.OPERATOR, "anna", Role.ADMINISTRATOR);

    public final SimulatedServers servers;
    final RecordingAuditLog audit = new RecordingAuditLog();
    final Database database = Database.open(DatabaseSettings.at("jdbc:h2:mem:" + UUID.randomUUID()));
    final SqlRunLedger ledger = new SqlRunLedger(database, "patch.example.org");
    final SqlJobs jobs = new SqlJobs(database, "node-1");
    final RequestDesk desk;
    /** The servers as every dialect sees them. */
    final Inventory inventory;

    final MaintenanceModes modes;
    private final Clock clock = Clock.systemUTC();
    private final Steps steps;
    private final FrontDoor door;
    private final HttpClient http = HttpClient.newHttpClient();

    public OpenConsole(SimulatedServers servers) {
        this.servers = servers;
        SqlConsoleItems items = new SqlConsoleItems(database, "node-1");
        GroupedInventory grouped = new GroupedInventory(servers, items, MachineGroups::content, clock);
        SqlMaintenanceModes stored = new SqlMaintenanceModes(database, "node-1", Duration.ofHours(24));
        MarkedInventory marked = new MarkedInventory(grouped, stored, clock);
        modes = new ToldModes(stored, marked::lookAgain);
        inventory = marked;
        Rollouts rollouts = new Rollouts(inventory, List.of(), 0);
        SqlRolloutLedger rolloutLedger = new SqlRolloutLedger(database, "node-1");
        desk = new RequestDesk(
                inventory, new EverythingApproved(), List::of, rollouts, ledger, new AdmissionLimit(200), clock);
        steps = new Steps(
                servers,
                new EverythingApproved(),
                (key, found) -> found,
                List::of,
                List::of,
                servers,
                ledger,
                RunPolicy.standard(),
                clock);
        ConsoleApi api = new ConsoleApi(
                new ConsoleName("console-1"),
                "1.2.3",
                inventory,
                grouped.own(),
                desk,
                rolloutLedger,
                jobs,
                new ToldItems(items, grouped::lookAgain),
                new SqlScanHistory(database),
                credential -> true,
                audit,
                clock);
        List<SignInMethod> methods = List.of(
                new BearerSignIn(
                        token -> Optional.of(token).filter("good-token"::equals).map(good -> user("anna"))),
                new BasicSignIn(
                        (given, address) -> USERS.containsKey(given.name())
                                        && given.password().equals(given.name())
                                ? new SignedIn(user(given.name()))
                                : new Refused("wrong"),
                        false));
        door = new FrontDoor(List.of(
                        new IvantiDoor(methods, new Links(Optional.empty(), false), audit, clock, api.resources())))
                .start("127.0.0.1", 0);
    }

    private static User user(String name) {
        return new User(name, USERS.get(name), Set.of(), Optional.empty());
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + door.port() + "/st/console/api/v1.0/");
    }

    /** A client that signs in with every call. */
    public ConsoleClient as(String user) {
        return new ConsoleClient(http, base(), Optional.of(user));
    }

    ConsoleClient anonymous() {
        return new ConsoleClient(http, base(), Optional.empty());
    }

    /** Takes the next step of every run that is due; how many there were. */
    public int step() {
        List<Claim> claims = ledger.claimDue("node-1", 1000, LEASE, clock.instant());
        claims.forEach(this::take);
        return claims.size();
    }

    /** Takes the next step of so many runs that are due. */
    public void stepSome(int runs) {
        ledger.claimDue("node-1", runs, LEASE, clock.instant()).forEach(this::take);
    }

    /** Takes steps until there are none. */
    public void finish() {
        while (step() > 0) {
            // Each step makes the next one due.
        }
    }

    /** Takes steps until nothing is left to do, also what would be due only later. */
    public void finishPatiently() {
        for (int rounds = 0; rounds < 200; rounds++) {
            List<Claim> claims =
                    ledger.claimDue("node-1", 1000, LEASE, clock.instant().plus(LATER));
            claims.forEach(this::take);
            if (claims.isEmpty()) {
                return;
            }
        }
    }

    private void take(Claim claim) {
        ServerRun run = ledger.load(claim).orElseThrow();
        ledger.commit(claim, decide(run), clock.instant());
    }

    private Transition decide(ServerRun run) {
        try {
            StepWork work = steps.workOn(run);
            return switch (run.state()) {
                case QUEUED, WAITING_WINDOW -> run.isCancelled() ? steps.cancelRun(work) : steps.startRun(work);
                case PRECHECK -> run.isCancelled() ? steps.cancelRun(work) : steps.checkServer(work);
                case SCANNING, VERIFYING -> steps.filterByBaseline(steps.scanServer(work));
                case INSTALLING -> steps.installPatches(work);
                case REBOOTING -> steps.rebootServer(work);
                case WAITING_FOR_RETURN -> steps.pollReboot(work);
                default -> throw new IllegalStateException("the run has ended: " + run.state());
            };
        } catch (ServerFault fault) {
            return steps.judge(run, fault);
        }
    }

    @Override
    public void close() {
        // The client first: the door waits a second for each connection that is kept open.
        http.close();
        door.close();
        database.close();
    }
}
