package io.patchway.store;

import io.patchway.access.Role;
import io.patchway.access.User;
import io.patchway.access.UserAccount;
import io.patchway.access.Users;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Update;

/** The users in a database. Thread-safe; any number of nodes may share the database. */
public final class SqlUsers implements Users {
    private static final int MOST_NETWORKS = 20;

    private final Database database;
    private final AuditRows audit;
    private final Clock clock;

    /** @param node the name of this node, for the audit log */
    public SqlUsers(Database database, String node, Clock clock) {
        this.database = database;
        this.audit = new AuditRows(node);
        this.clock = clock;
    }

    @Override
    public List<UserAccount> all() {
        return database.inTransaction(handle -> handle.createQuery("select * from app_user order by name_key")
                .map(SqlUsers::account)
                .list());
    }

    @Override
    public Optional<UserAccount> find(String name) {
        return database.inTransaction(handle -> find(handle, name, ""));
    }

    private static Optional<UserAccount> find(Handle handle, String name, String lock) {
        return handle.createQuery("select * from app_user where name_key = :key" + lock)
                .bind("key", UserAccount.key(name))
                .map(SqlUsers::account)
                .findOne();
    }

    @Override
    public boolean add(UserAccount account, String actor) {
        try {
            return database.inTransaction(handle -> {
                insert(handle, account);
                String detail = "as " + account.user().role() + " under "
                        + (account.user().aliases().isEmpty()
                                ? "all aliases"
                                : String.join(", ", account.user().aliases()));
                audit.insert(handle, actor, "user.added", subject(account), detail, clock.instant());
                return true;
            });
        } catch (RuntimeException e) {
            if (SqlErrors.isUniqueViolation(e)) {
                return false;
            }
            throw e;
        }
    }

    private static void insert(Handle handle, UserAccount account) {
        Update insert = handle.createUpdate("""
            insert into app_user (name_key, name, role, aliases, email, password_hash, token_stamp, created_at,
                password_set_at, disabled_at)
            values (:key, :name, :role, :aliases, :email, :passwordHash, :tokenStamp, :createdAt, :passwordSetAt,
                :disabledAt)
            """);
        bound(insert, account).bind("createdAt", account.createdAt()).execute();
    }

    @Override
    public Optional<UserAccount> change(String name, Function<UserAccount, Change> change, String actor) {
        return database.inTransaction(handle -> find(handle, name, " for update")
                .map(present -> {
                    Change made = change.apply(present);
                    update(handle, made.account());
                    forgetWhatFollowsThePassword(handle, present, made.account());
                    audit.insert(handle, actor, made.action(), subject(made.account()), made.detail(), clock.instant());
                    return made.account();
                }));
    }

    /** What was made from a password, or on the strength of it, ends with it. */
    private static void forgetWhatFollowsThePassword(Handle handle, UserAccount before, UserAccount after) {
        if (after.isEnabled() && after.passwordSetAt().equals(before.passwordSetAt())) {
            return;
        }
        for (String table : List.of("ntlm_hash", "session_credential")) {
            handle.createUpdate("delete from " + table + " where name_key = :key")
                    .bind("key", after.key())
                    .execute();
        }
    }

    private static void update(Handle handle, UserAccount account) {
        Update update = handle.createUpdate("""
            update app_user set name = :name, role = :role, aliases = :aliases, email = :email,
                password_hash = :passwordHash, token_stamp = :tokenStamp, password_set_at = :passwordSetAt,
                disabled_at = :disabledAt
            where name_key = :key
            """);
        bound(update, account).execute();
    }

    private static Update bound(Update update, UserAccount account) {
        return update.bind("key", account.key())
                .bind("name", account.user().name())
                .bind("role", account.user().role().name())
                .bind("aliases", JsonText.ofTexts(account.user().aliases()))
                .bind("email", account.user().email().orElse(null))
                .bind("passwordHash", account.passwordHash())
                .bind("tokenStamp", account.tokenStamp())
                .bind("passwordSetAt", account.passwordSetAt())
                .bind("disabledAt", account.disabledAt().orElse(null));
    }

    @Override
    public void renewHash(String name, String present, String renewed) {
        database.inTransaction(handle -> handle.createUpdate(
                        "update app_user set password_hash = :renewed where name_key = :key and password_hash ="
                                + " :present")
                .bind("key", UserAccount.key(name))
                .bind("present", present)
                .bind("renewed", renewed)
                .execute());
    }

    @Override
    public void noteNetwork(String name, String network, Instant at) {
        try {
            database.inTransaction(handle -> {
                boolean known = handle.createUpdate("""
                    update user_network set last_seen_at = :at where name_key = :key and network = :network
                    """)
                                .bind("at", at)
                                .bind("key", UserAccount.key(name))
                                .bind("network", network)
                                .execute()
                        > 0;
                if (!known) {
                    addNetwork(handle, UserAccount.key(name), network, at);
                }
                return true;
            });
        } catch (RuntimeException e) {
            // Another node has noted the same at the same time.
            if (!SqlErrors.isUniqueViolation(e)) {
                throw e;
            }
        }
    }

    private static void addNetwork(Handle handle, String key, String network, Instant at) {
        handle.createUpdate("""
            insert into user_network (name_key, network, last_seen_at) values (:key, :network, :at)
            """)
                .bind("key", key)
                .bind("network", network)
                .bind("at", at)
                .execute();
        handle.createUpdate("""
            delete from user_network where name_key = :key and network not in (
                select network from user_network where name_key = :key order by last_seen_at desc limit :most)
            """).bind("key", key).bind("most", MOST_NETWORKS).execute();
    }

    @Override
    public boolean isKnownNetwork(String name, String network) {
        return database.inTransaction(
                handle -> handle.createQuery("select 1 from user_network where name_key = :key and network = :network")
                        .bind("key", UserAccount.key(name))
                        .bind("network", network)
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent());
    }

    private static String subject(UserAccount account) {
        return "user " + account.user().name();
    }

    private static UserAccount account(RowView row) {
        User user = new User(
                row.getColumn("name", String.class),
                Role.valueOf(row.getColumn("role", String.class)),
                new LinkedHashSet<>(JsonText.readTexts(row.getColumn("aliases", String.class))),
                Optional.ofNullable(row.getColumn("email", String.class)));
        return new UserAccount(
                user,
                row.getColumn("password_hash", String.class),
                row.getColumn("token_stamp", String.class),
                row.getColumn("created_at", Instant.class),
                row.getColumn("password_set_at", Instant.class),
                Optional.ofNullable(row.getColumn("disabled_at", Instant.class)));
    }
}
