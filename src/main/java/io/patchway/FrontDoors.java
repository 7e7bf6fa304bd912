package io.patchway;

import io.patchway.access.KeyDesk;
import io.patchway.access.KeyRing;
import io.patchway.access.MasterKey;
import io.patchway.api.Dialect;
import io.patchway.api.FrontDoor;
import io.patchway.api.TrustedProxies;
import io.patchway.api.clc.ClcResource;
import io.patchway.api.ssm.ClientTokens;
import io.patchway.api.ssm.OperationGroup;
import io.patchway.api.ssm.OperationTable;
import io.patchway.api.ssm.SignIn;
import io.patchway.api.ssm.SsmDoor;
import io.patchway.api.ssm.StoredClientTokens;
import io.patchway.api.web.AccessKeysResource;
import io.patchway.api.web.ApiToken;
import io.patchway.api.web.NtlmResource;
import io.patchway.api.web.Resource;
import io.patchway.api.web.UsersResource;
import io.patchway.api.web.WebApi;
import io.patchway.audit.AuditLog;
import io.patchway.config.BadSettingException;
import io.patchway.config.Settings;
import io.patchway.server.Inventory;
import io.patchway.store.Database;
import io.patchway.store.SqlAccessKeys;
import io.patchway.store.SqlClientTokens;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The HTTP APIs: all of them behind one port, each with a sign-in of its own. */
final class FrontDoors {
    private final Settings settings;
    private final Database database;
    private final String node;
    private final SqlAccessKeys keys;
    private final AuditLog audit;
    private final Clock clock;
    private final IvantiKeeping ivanti;

    /** @param node the name of this node */
    FrontDoors(Settings settings, Database database, String node, AuditLog audit, Clock clock) {
        this.settings = settings;
        this.database = database;
        this.node = node;
        this.keys = new SqlAccessKeys(database, node, clock);
        this.audit = audit;
        this.clock = clock;
        this.ivanti = new IvantiKeeping(settings, database, node, audit, clock);
    }

    /** Servers that are also in the groups that people made through the API of Security Controls. */
    Inventory grouping(Inventory own) {
        return ivanti.grouping(own);
    }

    /** What keeps a repeated create call from creating a second thing. */
    ClientTokens clientTokens() {
        return new StoredClientTokens(new SqlClientTokens(database), clock);
    }

    /** Where the key is that seals secrets in the database. */
    static Path masterKeyFile(Settings settings) {
        return settings.path("patchway.secrets.key-file", "var/secrets/master-key");
    }

    /** Where the token of Patchway's own API is. */
    Path tokenFile() {
        return settings.path("patchway.api.token-file", "var/secrets/api-token");
    }

    String host() {
        return settings.text("patchway.api.host", "127.0.0.1");
    }

    /**
     * Opens the door; to be called once the servers are grouped.
     *
     * @param resources what is served under {@code /api}
     * @param operations what is served in the words of AWS Systems Manager
     * @param clc what is served in the words of CenturyLink Cloud
     * @param pages what is served beside those, with a sign-in of its own
     * @param reach what is served in the words of Security Controls works on this
     */
    FrontDoor open(
            List<Resource> resources,
            List<OperationGroup> operations,
            List<ClcResource> clc,
            Dialect pages,
            IvantiKeeping.Reach reach)
            throws IOException {
        MasterKey masterKey = MasterKey.in(masterKeyFile(settings));
        KeyRing ring = new KeyRing(keys, masterKey, clock);
        List<Resource> all = new ArrayList<>(resources);
        UserKeeping users = new UserKeeping(settings, database, masterKey, node, audit, clock);
        all.add(new UsersResource(users.desk(), users.tokens()));
        all.add(new NtlmResource(users.ntlmDesk()));
        all.add(new AccessKeysResource(new KeyDesk(keys, masterKey, ring::readAgain, clock)));
        ApiToken token = ApiToken.in(tokenFile());
        WebApi own = new WebApi(token, audit, clock, all);
        Dialect console = ivanti.door(reach, users, token);
        SignIn signIn = new SignIn(ring, audit, clock);
        SsmDoor systemsManager = new SsmDoor(signIn, OperationTable.of(operations));
        FrontDoor door =
                new FrontDoor(List.of(own, systemsManager, users.clcDoor(clc), console, pages), trustedProxies());
        String port = "patchway.api.port";
        return new Listening(port, host(), settings.number(port, 8470, 0, 65535)).open(door::start);
    }

    private TrustedProxies trustedProxies() {
        String property = "patchway.api.trusted-proxies";
        try {
            return TrustedProxies.of(settings.text(property, ""));
        } catch (IllegalArgumentException e) {
            throw new BadSettingException(property, e.getMessage());
        }
    }
}
