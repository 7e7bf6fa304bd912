package io.patchway.access;

import io.patchway.access.PasswordHashes.Cost;
import io.patchway.audit.AuditLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A node's sign-in over users in memory, with hashes that take no time. */
public final class TestUsers {
    private final InMemoryUsers users = new InMemoryUsers();
    private final InMemoryTokenRecords records = new InMemoryTokenRecords();
    private final PasswordHashes hashes = new PasswordHashes(new Cost(8, 1), 4);
    private final MasterKey masterKey;
    private final Clock clock;
    private final BearerTokens tokens;

    /** @param folder where the master key is */
    public TestUsers(Path folder, Clock clock) throws IOException {
        this.masterKey = MasterKey.in(folder.resolve("master-key"));
        this.clock = clock;
        this.tokens = anotherNode();
    }

    /** The tokens as another node on the same database sees them. */
    public BearerTokens anotherNode() {
        return new BearerTokens(users, records, signingKey(), BearerTokens.LONGEST_LIFE, clock);
    }

    public UserDesk desk() {
        return new UserDesk(users, hashes, tokens::readAgain, clock);
    }

    public BearerTokens tokens() {
        return tokens;
    }

    public SigningKey signingKey() {
        return new SigningKey(records, masterKey);
    }

    public PasswordSignIn signIn(AuditLog audit) {
        return new PasswordSignIn(users, hashes, audit, clock);
    }

    /** Adds a user with this password. */
    public UserAccount add(String name, String password, Role role, String... aliases) {
        User user = new User(name, role, new LinkedHashSet<>(List.of(aliases)), Optional.empty());
        return desk().add(user, Optional.of(password), "test").orElseThrow().account();
    }

    /** A token of a user. */
    public String token(UserAccount account) {
        return tokens.issue(account, List.of("ServerOperator"), "ALIAS", "WA1").token();
    }

    InMemoryUsers users() {
        return users;
    }

    InMemoryTokenRecords records() {
        return records;
    }

    static User named(String name) {
        return new User(name, Role.OPERATOR, Set.of(), Optional.empty());
    }
}
