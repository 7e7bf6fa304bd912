package io.patchway;

import io.patchway.access.BearerTokens;
import io.patchway.access.MasterKey;
import io.patchway.access.NtHashes;
import io.patchway.access.NtlmDesk;
import io.patchway.access.PasswordHashes;
import io.patchway.access.PasswordKey;
import io.patchway.access.PasswordSignIn;
import io.patchway.access.RememberedSignIn;
import io.patchway.access.SessionCredentials;
import io.patchway.access.SigningKey;
import io.patchway.access.UserDesk;
import io.patchway.access.Users;
import io.patchway.api.clc.ClcAccount;
import io.patchway.api.clc.ClcDoor;
import io.patchway.api.clc.ClcResource;
import io.patchway.api.clc.ClcSignIn;
import io.patchway.api.ivanti.ntlm.NtlmRounds;
import io.patchway.audit.AuditLog;
import io.patchway.config.Settings;
import io.patchway.store.Database;
import io.patchway.store.SqlNtlmRecords;
import io.patchway.store.SqlPasswordKeyRecords;
import io.patchway.store.SqlSessionCredentials;
import io.patchway.store.SqlTokenRecords;
import io.patchway.store.SqlUsers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The parts that know the users, sign them in and give them tokens; and the door of CenturyLink Cloud. */
final class UserKeeping {
    private static final String LIFE = "patchway.clc.token-life";

    private final Settings settings;
    private final AuditLog audit;
    private final Clock clock;
    private final Users users;
    private final PasswordHashes hashes = PasswordHashes.recommended();
    private final BearerTokens tokens;
    private final SigningKey signingKey;
    private final PasswordSignIn signIn;
    private final NtHashes ntHashes;
    private final PasswordKey passwordKey;
    private final SessionCredentials sessionCredentials;

    /** @param node the name of this node in the audit log */
    UserKeeping(Settings settings, Database database, MasterKey masterKey, String node, AuditLog audit, Clock clock) {
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
        this.users = new SqlUsers(database, node, clock);
        SqlTokenRecords records = new SqlTokenRecords(database, node, clock);
        this.signingKey = new SigningKey(records, masterKey);
        Duration life = settings.duration(LIFE, BearerTokens.LONGEST_LIFE, BearerTokens.LONGEST_LIFE);
        this.signIn = new PasswordSignIn(users, hashes, audit, clock);
        this.ntHashes = new NtHashes(new SqlNtlmRecords(database, node, clock), masterKey);
        this.passwordKey = new PasswordKey(new SqlPasswordKeyRecords(database), masterKey, clock);
        this.sessionCredentials = new SqlSessionCredentials(database, node, clock);
        this.tokens = new BearerTokens(users, records, signingKey, life, clock);
    }

    /** What this installation is called in CenturyLink Cloud. */
    static ClcAccount account(Settings settings) {
        return new ClcAccount(
                settings.text("patchway.clc.alias", "PWAY"), settings.text("patchway.clc.location", "WA1"));
    }

    UserDesk desk() {
        return new UserDesk(users, hashes, tokens::readAgain, clock);
    }

    /** Lets single users sign in by NTLM. */
    NtlmDesk ntlmDesk() {
        return new NtlmDesk(users, hashes, ntHashes);
    }

    /** @param name what this server is called */
    NtlmRounds ntlmRounds(String name) {
        return new NtlmRounds(users, ntHashes, signIn, name, clock);
    }

    /** What clients seal passwords for. */
    PasswordKey passwordKey() {
        return passwordKey;
    }

    SessionCredentials sessionCredentials() {
        return sessionCredentials;
    }

    /** Signs in whoever sends name and password with every call. */
    RememberedSignIn passwords() {
        return new RememberedSignIn(signIn, users, clock);
    }

    BearerTokens tokens() {
        return tokens;
    }

    SigningKey signingKey() {
        return signingKey;
    }

    /**
     * Speaks as CenturyLink Cloud does.
     *
     * @param resources what is served beside the sign-in
     */
    ClcDoor clcDoor(List<ClcResource> resources) {
        List<ClcResource> all = new ArrayList<>(resources);
        all.add(new ClcSignIn(signIn, tokens, account(settings), audit));
        return new ClcDoor(tokens, all, audit, clock);
    }
}
