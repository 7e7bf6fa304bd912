package io.patchway.connection.site;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchway.run.OperationId;
import io.patchway.run.ServerFault;
import io.patchway.server.ConnectionSettings.Http;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes the calls of a site.
 *
 * @see <a href="https://github.com/CenturyLinkCloud/APIDocs">the documentation of the API</a>
 */
public final class SiteCalls {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SiteCalls() {}

    /** @throws ServerFault when the password cannot be read */
    public static SiteCall signIn(Http site) {
        ObjectNode body = MAPPER.createObjectNode();
        body.put("username", site.user());
        body.put("password", password(site));
        return new SiteCall(
                site,
                "POST",
                "/v2/authentication/login",
                Optional.empty(),
                Optional.empty(),
                Optional.of(body.toString()));
    }

    public static SiteCall server(Http site, SiteSession session) {
        return question(site, session, "/v2/servers/" + alias(site, session) + "/" + site.server());
    }

    public static SiteCall order(Http site, SiteSession session, UUID scriptPackage, OperationId operation) {
        ObjectNode body = MAPPER.createObjectNode();
        body.putArray("servers").add(site.server());
        ObjectNode ordered = body.putObject("package");
        ordered.put("packageId", scriptPackage.toString());
        ordered.putObject("parameters");
        return new SiteCall(
                site,
                "POST",
                "/v2/operations/" + alias(site, session) + "/servers/executePackage",
                Optional.of(session.token()),
                Optional.of(operation.value()),
                Optional.of(body.toString()));
    }

    public static SiteCall status(Http site, SiteSession session, String operation) {
        return question(site, session, "/v2/operations/" + alias(site, session) + "/status/" + operation);
    }

    public static SiteCall history(Http site, SiteSession session) {
        return question(site, session, historyPath(site, session));
    }

    public static SiteCall execution(Http site, SiteSession session, String execution) {
        return question(site, session, historyPath(site, session) + "/" + execution);
    }

    private static String historyPath(Http site, SiteSession session) {
        return "/rest/servers/" + alias(site, session) + "/server/" + site.server() + "/patch";
    }

    private static SiteCall question(Http site, SiteSession session, String path) {
        return new SiteCall(site, "GET", path, Optional.of(session.token()), Optional.empty(), Optional.empty());
    }

    private static String alias(Http site, SiteSession session) {
        return site.alias().orElse(session.alias());
    }

    private static String password(Http site) {
        String trouble = "the password of " + site.user() + " for " + site.url();
        try {
            return Files.readString(site.passwordFile())
                    .lines()
                    .findFirst()
                    .filter(line -> !line.isBlank())
                    .orElseThrow(() -> new ServerFault(
                            ServerFault.Kind.CONFIGURATION,
                            trouble + " is missing: " + site.passwordFile() + " is empty"));
        } catch (IOException e) {
            throw new ServerFault(
                    ServerFault.Kind.CONFIGURATION,
                    trouble + " cannot be read from " + site.passwordFile() + ": "
                            + e.getClass().getSimpleName(),
                    e);
        }
    }
}
