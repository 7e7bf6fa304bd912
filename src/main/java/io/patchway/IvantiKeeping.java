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
import io.patchway.api.ivanti.IvantiDoor;
import io.patchway.api.ivanti.IvantiResource;
import io.patchway.api.ivanti.Links;
import io.patchway.api.ivanti.SignInMethod;
import io.patchway.api.ivanti.job.ConsoleApi;
import io.patchway.api.ivanti.job.ConsoleName;
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
        return new IvantiDoor(methods, links, audit, clock, resources(reach));
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

    private List<IvantiResource> resources(Reach reach) {
        return new ConsoleApi(
                        new ConsoleName(node),
                        version(),
                        reach.inventory(),
                        reach.desk(),
                        reach.rollouts(),
                        new SqlJobs(database, node),
                        new SqlConsoleItems(database, node),
                        new SqlScanHistory(database),
                        credential -> true,
                        audit,
                        clock)
                .resources();
    }

    private static String version() {
        return Optional.ofNullable(IvantiKeeping.class.getPackage().getImplementationVersion())
                .orElse("0.1.0");
    }
}
