package io.patchway;

import io.patchway.cli.AuditCommand;
import io.patchway.config.Settings;
import io.patchway.store.Database;
import io.patchway.store.DatabaseUnavailable;
import io.patchway.store.SqlAuditLog;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
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
        return switch (String.join(" ", arguments)) {
            case "audit verify" -> verifyAudit();
            default -> {
                out.println("'" + String.join(" ", arguments) + "' is not a command; known: audit verify");
                yield WRONG_CALL;
            }
        };
    }

    private int verifyAudit() throws IOException {
        CamelContext camel = new DefaultCamelContext(false);
        camel.getPropertiesComponent().setLocation("file:config/application.properties");
        camel.build();
        try {
            return verifyAudit(new Settings(camel.getPropertiesComponent()::resolveProperty));
        } finally {
            camel.stop();
        }
    }

    private int verifyAudit(Settings settings) throws IOException {
        try (Database database = Database.open(new MachineSettings(settings).database())) {
            SqlAuditLog audit = new SqlAuditLog(database, "", Clock.systemUTC());
            return new AuditCommand(audit, RecordKeeping.headFile(Path.of("var")), out).verify();
        } catch (DatabaseUnavailable e) {
            out.println(e.getMessage());
            out.println("A Patchway that runs does the same: GET http://"
                    + settings.text("patchway.api.host", "127.0.0.1") + ":"
                    + settings.text("patchway.api.port", "8470") + "/api/audit/verification");
            return NOT_POSSIBLE;
        }
    }
}
