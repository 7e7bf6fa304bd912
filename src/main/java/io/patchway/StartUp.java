package io.patchway;

import io.patchway.routes.RouteFiles;
import io.patchway.routes.WebhookRoutes;
import io.patchway.run.Operation;
import io.patchway.run.PatchRequest;
import io.patchway.run.RebootOption;
import io.patchway.run.Receipt;
import io.patchway.run.RefusedRequestException;
import io.patchway.run.RequestForm;
import io.patchway.run.RequestForm.Origin;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.Server;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens once the routes run: windows get their routes, the door opens, and the rehearsal begins. */
final class StartUp extends MainListenerSupport {
    private static final Logger LOG = LoggerFactory.getLogger(StartUp.class);
    private static final Origin ORIGIN =
            new Origin("rehearsal at start-up", "rehearsal", Optional.empty(), Optional.empty());

    private final Assembly assembly;
    private final Runnable stop;
    private Throwable failure;

    /** @param stop lets Camel stop in good order; it does not do so by itself when something fails here */
    StartUp(Assembly assembly, Runnable stop) {
        this.assembly = assembly;
        this.stop = stop;
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        try {
            RouteFiles.loadInto(main.getCamelContext(), Path.of("routes")).forEach(LOG::error);
            addWebhooks(main.getCamelContext());
            String api = assembly.openDoor();
            Optional<String> health = assembly.openOperationsDoor();
            assembly.tellUnknownSettings(main.getCamelContext());
            assembly.recordConfiguration();
            welcome(api, health);
            rehearse();
        } catch (Throwable e) {
            // Whatever it is: Camel would log it and go on.
            failure = e;
            stop.run();
        }
    }

    /** To be called when Camel has stopped: why it was not let run, if so. */
    void throwFailure() throws Throwable {
        if (failure != null) {
            throw failure;
        }
    }

    private void welcome(String api, Optional<String> health) {
        System.out.println();
        System.out.println("Patchway is running. Stop it with Ctrl-C.");
        System.out.println("  API    " + api);
        health.ifPresent(address -> System.out.println("  health " + address));
        System.out.println(
                "  inbox  " + assembly.settings().text("patchway.inbox", "var/inbox") + "  (drop a JSON request here)");
        System.out.println("  mails  "
                + assembly.settings()
                        .text("patchway.mail.smtp.host")
                        .map(host -> "through " + host)
                        .orElse("no SMTP configured: files in "
                                + assembly.settings().text("patchway.mail.outbox", "var/outbox")));
        System.out.println("  your own servers: config/servers.yaml");
        System.out.println();
    }

    private void addWebhooks(CamelContext camel) {
        try {
            WebhookRoutes.addTo(camel, assembly.webhooks());
        } catch (IllegalArgumentException | RuntimeCamelException e) {
            LOG.error("No webhook will be called: {}", e.getMessage());
        }
    }

    /** Patchway runs already; that there can be no rehearsal at this very moment is no reason to end it. */
    private void rehearse() {
        if (assembly.rehearsal().isEmpty() || !assembly.serversAreKnown()) {
            return;
        }
        try {
            rehearseNow();
        } catch (RefusedRequestException | RuntimeException e) {
            LOG.error("The rehearsal does not begin. {}", e.getMessage());
        }
    }

    private void rehearseNow() throws RefusedRequestException {
        List<Server> thisMachine = assembly.inventoryInUse().all().stream()
                .filter(server -> server.connection() instanceof ConnectionSettings.Local)
                .filter(Server::scanOnly)
                .toList();
        if (!thisMachine.isEmpty()) {
            request("Scanning this machine; nothing on it is changed", Operation.SCAN, thisMachine);
        }
        request(
                "Patching the rehearsal fleet: simulated hosts behind a real SSH server",
                Operation.INSTALL,
                assembly.rehearsal());
    }

    private void request(String what, Operation operation, List<Server> servers) throws RefusedRequestException {
        RequestForm form = new RequestForm(
                operation,
                RebootOption.IF_NEEDED,
                PatchRequest.DEFAULT_MAX_ROUNDS,
                servers.stream().map(server -> server.id().value()).toList(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of(),
                Optional.empty());
        Receipt receipt = assembly.desk().accept(form, ORIGIN);
        System.out.println(
                what + " (request " + receipt.request().map(Object::toString).orElse("refused") + ")");
    }
}
