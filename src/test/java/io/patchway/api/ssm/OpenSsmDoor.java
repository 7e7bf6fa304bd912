package io.patchway.api.ssm;

import io.patchway.access.InMemoryAccessKeys;
import io.patchway.access.KeyDesk;
import io.patchway.access.KeyDesk.Issued;
import io.patchway.access.KeyRing;
import io.patchway.access.MasterKey;
import io.patchway.access.Role;
import io.patchway.api.FrontDoor;
import io.patchway.audit.RecordingAuditLog;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** A door that speaks as Systems Manager does, open on a free port, with keys and an audit log in memory. */
final class OpenSsmDoor implements AutoCloseable {
    private final RecordingAuditLog audit = new RecordingAuditLog();
    private final KeyDesk desk;
    private final FrontDoor door;

    OpenSsmDoor(Path folder, Clock clock, OperationGroup... groups) throws IOException {
        InMemoryAccessKeys keys = new InMemoryAccessKeys();
        MasterKey masterKey = MasterKey.in(folder.resolve("secrets/master-key"));
        desk = new KeyDesk(keys, masterKey, () -> {}, clock);
        SignIn signIn = new SignIn(new KeyRing(keys, masterKey, clock), audit, clock);
        door = new FrontDoor(List.of(new SsmDoor(signIn, OperationTable.of(List.of(groups))))).start("127.0.0.1", 0);
    }

    Issued issue(String account, Role role) {
        return desk.issue(account, role, Optional.empty(), "test");
    }

    boolean revoke(Issued issued) {
        return desk.revoke(issued.key().id(), "test");
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + door.port() + "/");
    }

    RecordingAuditLog audit() {
        return audit;
    }

    @Override
    public void close() {
        door.close();
    }
}
