package io.patchway;

import io.patchway.access.KeyDesk;
import io.patchway.access.MasterKey;
import io.patchway.cli.AuditCommand;
import io.patchway.cli.KeyCommand;
import io.patchway.cli.NtlmCommand;
import io.patchway.cli.UserCommand;
import io.patchway.config.Settings;
import io.patchway.store.Database;
import io.patchway.store.DatabaseUnavailable;
import io.patchway.store.SqlAccessKeys;
import io.patchway.store.SqlAuditLog;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** What Patchway does when it is called with words: one thing, after which it ends. */
final class Commands {
    private static final int WRONG_CALL = 64;
    private static final int NOT_POSSIBLE = 1;

    private final PrintStream out;

    Commands(PrintStream out) {
        this.out = out;
    }

    /** Whether these are words, and not options of the service. */
    static boolean meantBy(String[] arguments) {
        return arguments.length > 0 && !arguments[0].startsWith("-");
    }

    /** @return the exit code */
    int run(String[] arguments) throws IOException {
        List<String> words = List.of(arguments);
        if (words.equals(List.of("audit", "verify"))) {
            return withDatabase(this::verifyAudit, "GET", "/api/audit/verification");
        }
        if (words.get(0).equals("key")) {
            List<String> order = words.subList(1, words.size());
            return withDatabase(
                    (database, settings) -> keys(database, settings).run(order), "POST", "/api/access-keys");
        }
        if (words.size() > 1 && words.subList(0, 2).equals(List.of("user", "ntlm"))) {
            List<String> order = words.subList(2, words.size());
            return withDatabase(
                    (database, settings) ->
                            new NtlmCommand(keeping(database, settings).ntlmDesk(), System.in, out).run(order),
                    "PUT",
                    "/api/users/NAME/ntlm");
        }
        if (words.get(0).equals("user")) {
            List<String> order = words.subList(1, words.size());
            return withDatabase(
                    (database, settings) -> users(database, settings).run(order), "POST", "/api/users");
        }
        out.println("'" + String.join(" ", words) + "' is not a command; known: audit verify, " + KeyCommand.USAGE
                + ", " + UserCommand.USAGE + ", " + NtlmCommand.USAGE);
        return WRONG_CALL;
    }

    private int verifyAudit(Database database, Settings settings) throws IOException {
        SqlAuditLog audit = new SqlAuditLog(database, "", Clock.systemUTC());
        return new AuditCommand(audit, RecordKeeping.headFile(Path.of("var")), out).verify();
    }

    private KeyCommand keys(Database database, Settings settings) throws IOException {
        Clock clock = Clock.systemUTC();
        String node = new MachineSettings(settings).nodeName();
        MasterKey masterKey = MasterKey.in(FrontDoors.masterKeyFile(settings));
        KeyDesk desk = new KeyDesk(new SqlAccessKeys(database, node, clock), masterKey, () -> {}, clock);
        return new KeyCommand(desk, clock, out);
    }

    private UserCommand users(Database database, Settings settings) throws IOException {
        UserKeeping users = keeping(database, settings);
        return new UserCommand(users.desk(), users.signingKey(), System.in, out);
    }

    private static UserKeeping keeping(Database database, Settings settings) throws IOException {
        Clock clock = Clock.systemUTC();
        String node = new MachineSettings(settings).nodeName();
        MasterKey masterKey = MasterKey.in(FrontDoors.masterKeyFile(settings));
        return new UserKeeping(settings, database, masterKey, node, new SqlAuditLog(database, node, clock), clock);
    }

    /** What a command does. */
    private interface Work {
        /** @return the exit code */
        int run(Database database, Settings settings) throws IOException;
    }

    private int withDatabase(Work work, String method, String path) throws IOException {
        CamelContext camel = new DefaultCamelContext(false);
        camel.getPropertiesComponent().setLocation("file:config/application.properties");
        camel.build();
        Settings settings = new Settings(camel.getPropertiesComponent()::resolveProperty);
        try (Database database = Database.open(new MachineSettings(settings).database())) {
            return work.run(database, settings);
        } catch (DatabaseUnavailable e) {
            out.println(e.getMessage());
            out.println("A Patchway that runs does the same: " + method + " http://"
                    + settings.text("patchway.api.host", "127.0.0.1") + ":"
                    + settings.text("patchway.api.port", "8470") + path);
            return NOT_POSSIBLE;
        } finally {
            camel.stop();
        }
    }
}
