package io.patchway.api.ivanti.credential;

import io.patchway.access.MasterKey;
import io.patchway.access.NtHashes;
import io.patchway.access.NtlmDesk;
import io.patchway.access.PasswordHashes;
import io.patchway.access.PasswordHashes.Cost;
import io.patchway.access.PasswordKey;
import io.patchway.access.PasswordSignIn;
import io.patchway.access.PasswordSignIn.Admitted;
import io.patchway.access.RememberedSignIn;
import io.patchway.access.Role;
import io.patchway.access.User;
import io.patchway.access.UserDesk;
import io.patchway.api.FrontDoor;
import io.patchway.api.TrustedProxies;
import io.patchway.api.ivanti.BasicSignIn;
import io.patchway.api.ivanti.BasicSignIn.Passwords;
import io.patchway.api.ivanti.BearerSignIn;
import io.patchway.api.ivanti.IvantiDoor;
import io.patchway.api.ivanti.Links;
import io.patchway.api.ivanti.SignInMethod.Refused;
import io.patchway.api.ivanti.SignInMethod.SignedIn;
import io.patchway.api.ivanti.ntlm.NtlmRounds;
import io.patchway.api.ivanti.ntlm.NtlmSignIn;
import io.patchway.audit.RecordingAuditLog;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import io.patchway.store.SqlConsoleItems;
import io.patchway.store.SqlNtlmRecords;
import io.patchway.store.SqlPasswordKeyRecords;
import io.patchway.store.SqlSessionCredentials;
import io.patchway.store.SqlUsers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A door with every way to sign in, over a real store, on a free port; its users have the password of this class. */
final class SignInDoor implements AutoCloseable {
    static final String PASSWORD = " Pässword 1";

    final RecordingAuditLog audit = new RecordingAuditLog();
    final UserDesk desk;
    final NtlmDesk ntlm;
    private final Database database = Database.open(DatabaseSettings.at("jdbc:h2:mem:" + UUID.randomUUID()));
    private final FrontDoor door;
    private final FrontDoor behindProxy;

    SignInDoor(Path folder) throws IOException {
        Clock clock = Clock.systemUTC();
        SqlUsers users = new SqlUsers(database, "node-1", clock);
        PasswordHashes hashes = new PasswordHashes(new Cost(8, 1), 4);
        MasterKey masterKey = MasterKey.in(folder.resolve("key"));
        NtHashes ntHashes = new NtHashes(new SqlNtlmRecords(database, "node-1", clock), masterKey);
        PasswordSignIn signIn = new PasswordSignIn(users, hashes, audit, clock);
        RememberedSignIn remembered = new RememberedSignIn(signIn, users, clock);
        Passwords passwords = (given, address) ->
                remembered.check("ivanti", given.name(), given.password(), address) instanceof Admitted admitted
                        ? new SignedIn(admitted.account().user())
                        : new Refused("");
        NtlmRounds rounds = new NtlmRounds(users, ntHashes, signIn, "node-1", clock);
        PasswordKey key = new PasswordKey(new SqlPasswordKeyRecords(database), masterKey, clock);
        desk = new UserDesk(users, hashes, () -> {}, clock);
        ntlm = new NtlmDesk(users, hashes, ntHashes);
        User otto = new User("otto", Role.OPERATOR, Set.of(), Optional.empty());
        User anna = new User("anna", Role.OPERATOR, Set.of(), Optional.empty());
        for (User user : List.of(otto, anna)) {
            desk.add(user, Optional.of(PASSWORD), "test");
        }
        desk.add(new User("acme", Role.OPERATOR, Set.of("ACME"), Optional.empty()), Optional.of(PASSWORD), "test");
        IvantiDoor ivanti = new IvantiDoor(
                List.of(
                        new BearerSignIn(token -> Optional.of(token)
                                .filter("token-of-otto"::equals)
                                .map(known -> otto)),
                        new NtlmSignIn("Negotiate", rounds, false),
                        new NtlmSignIn("NTLM", rounds, false),
                        new BasicSignIn(passwords, false)),
                new Links(Optional.empty(), false),
                audit,
                clock,
                List.of(
                        new CertificateResource(key),
                        new SessionCredentialsResource(
                                new SqlSessionCredentials(database, "node-1", clock), passwords, key),
                        new CredentialsResource(new SqlConsoleItems(database, "node-1"), clock)));
        door = new FrontDoor(List.of(ivanti)).start("127.0.0.1", 0);
        behindProxy = new FrontDoor(List.of(ivanti), TrustedProxies.of("127.0.0.1")).start("127.0.0.1", 0);
    }

    /** Where this machine is believed when it says whose call it passes on. */
    int portBehindProxy() {
        return behindProxy.port();
    }

    int port() {
        return door.port();
    }

    @Override
    public void close() {
        door.close();
        behindProxy.close();
        database.close();
    }
}
