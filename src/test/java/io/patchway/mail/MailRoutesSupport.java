package io.patchway.mail;

import io.patchway.mail.MailSettings.Smtp;
import io.patchway.run.ExecutionIds;
import io.patchway.run.Operation;
import io.patchway.run.PatchRequest;
import io.patchway.run.RequestId;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunState;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import io.patchway.store.SqlMailOutbox;
import io.patchway.store.SqlRunLedger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The mail routes as they ship, on a real database. */
abstract class MailRoutesSupport extends CamelTestSupport {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private Database database;
    private SqlRunLedger ledger;

    @AfterEach
    void closeDatabase() {
        context().stop();
        database.close();
    }

    /** Starts the routes; it is the time of the samples. */
    void start(Optional<Smtp> smtp) throws Exception {
        database = Database.open(DatabaseSettings.at("jdbc:h2:file:" + folder.resolve("patchway")));
        MailSettings settings =
                new MailSettings(smtp, "patchway@example.org", folder.resolve("outbox"), Path.of("config/mail"));
        ledger = new SqlRunLedger(database, settings.domain());
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), SampleReports.START));
        MailBeans beans =
                new MailBeans(settings, ledger, new SqlMailOutbox(database, "node"), ExecutionIds.STANDARD, clock);
        beans.byName().forEach(context().getRegistry()::bind);
        context().getPropertiesComponent().addInitialProperty(MailBeans.ENDPOINT_PROPERTY, beans.endpoint());
        context().getPropertiesComponent().addInitialProperty("patchway.mail.period", "200");
        loadRoutes(context());
    }

    private static void loadRoutes(CamelContext context) throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(PluginHelper.getResourceLoader(context).resolveResource("file:routes/mail.camel.yaml"));
    }

    /** A request for {@code web-01} that was accepted and has succeeded: both of its mails are due. */
    RequestId patch(String... recipients) {
        PatchRequest request = SampleReports.request(Operation.INSTALL, List.of("web-01"), recipients);
        ledger.accept(request, Optional.empty());
        Claim claim = ledger.claimDue("node", 1, Duration.ofMinutes(1), SampleReports.START)
                .get(0);
        ServerRun run = ledger.load(claim).orElseThrow();
        ledger.commit(
                claim,
                Transition.to(RunState.SUCCEEDED, run, run.memory(), SampleReports.START, "verified"),
                SampleReports.START);
        return request.id();
    }
}
