package io.patchway.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchway.audit.RecordingAuditLog;
import io.patchway.faults.Survives;
import io.patchway.intake.Inbox;
import io.patchway.intake.RequestIntake;
import io.patchway.run.InMemoryRunLedger;
import io.patchway.run.RequestDesks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxRouteTest extends CamelTestSupport {
    private static final String SCAN = "{\"servers\":[\"web-01\"],\"operation\":\"scan\"}";

    @TempDir
    static Path folder;

    private final InMemoryRunLedger ledger = new InMemoryRunLedger();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        RequestIntake intake = new RequestIntake(RequestDesks.over(ledger, Clock.systemUTC()), new RecordingAuditLog());
        Inbox inbox = new Inbox(folder, intake, Clock.systemUTC(), Duration.ofMinutes(5));
        context.getPropertiesComponent().addInitialProperty("patchway.inbox", folder.toString());
        context.getRegistry().bind("inbox", inbox);
        context.getRegistry().bind("inboxFilter", new InboxFilter(inbox));
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(PluginHelper.getResourceLoader(context).resolveResource("file:routes/inbox.camel.yaml"));
        return context;
    }

    @Test
    @Survives({16, 17})
    void aBadFileNeverStopsTheNextAndAHalfWrittenOneIsLeftAlone() throws Exception {
        Files.writeString(folder.resolve("half.json"), "{\"servers\":[\"web-01\"],");
        Files.writeString(folder.resolve("half-marked.json.part"), SCAN);
        rename("bad.json", "{\"servers\":");
        Files.writeString(folder.resolve("bad.json.done"), "");
        rename("worse.json", "}}");
        rename("good.json", SCAN);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(folder.resolve("rejected/bad.json.receipt.json")).exists();
            assertThat(folder.resolve("rejected/worse.json.receipt.json")).exists();
            assertThat(folder.resolve("done/good.json.receipt.json")).exists();
            assertThat(folder.resolve("done/good.json")).exists();
        });

        assertThat(folder.resolve("half.json")).exists();
        assertThat(folder.resolve("half-marked.json.part")).exists();
        assertThat(ledger.newest(10)).hasSize(1);
    }

    private static void rename(String name, String content) throws Exception {
        Path unfinished = Files.writeString(folder.resolve(name + ".part"), content);
        Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
