package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.access.Role;
import io.patchway.access.User;
import io.patchway.access.UserAccount;
import io.patchway.access.Users;
import io.patchway.access.Users.Change;
import io.patchway.audit.SealedEntry;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the store of users and of their tokens promises, on every database. */
abstract class UsersContract extends StoreContract {
    private final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);

    private Users users() {
        return new SqlUsers(database, "node-1", clock);
    }

    private SqlTokenRecords records() {
        return new SqlTokenRecords(database, "node-1", clock);
    }

    private static UserAccount account(String name, String... aliases) {
        User user =
                new User(name, Role.OPERATOR, new LinkedHashSet<>(List.of(aliases)), Optional.of("ops@example.org"));
        return new UserAccount(user, "$argon2id$…", "stamp", NOON, NOON, Optional.empty());
    }

    private List<String> audited() {
        SqlAuditLog audit = new SqlAuditLog(database, "node-1", clock);
        audit.seal(100);
        return audit.entriesAfter(0, 100).stream()
                .map(SealedEntry::entry)
                .map(entry -> entry.actor() + " | " + entry.action() + " | " + entry.subject() + " | " + entry.detail())
                .toList();
    }

    @Test
    void whoIsAddedIsFoundInAnyLetterCaseWithHisAliasesInOrder() {
        UserAccount added = account("Ops", "ZETA", "ALFA");

        assertThat(users().add(added, "root")).isTrue();

        assertThat(users().all()).containsExactly(added);
        assertThat(users().find("oPS")).contains(added);
        assertThat(users().find("oPS").orElseThrow().user().aliases()).containsExactly("ZETA", "ALFA");
        assertThat(users().find("other")).isEmpty();
        assertThat(audited()).containsExactly("root | user.added | user Ops | as OPERATOR under ZETA, ALFA");
    }

    @Test
    void aNameIsTakenInEveryLetterCase() {
        users().add(account("ops"), "root");

        assertThat(users().add(account("OPS"), "root")).isFalse();

        assertThat(users().all()).hasSize(1);
        assertThat(audited()).hasSize(1);
    }

    @Test
    void aChangeAndItsLineInTheAuditLogAreOne() {
        users().add(account("ops"), "root");
        User viewer = new User("ops", Role.VIEWER, Set.of("A"), Optional.empty());
        UserAccount changed =
                new UserAccount(viewer, "$argon2id$2", "stamp2", NOON, NOON.plusSeconds(5), Optional.of(NOON));

        Optional<UserAccount> answer =
                users().change("OPS", present -> new Change(changed, "user.changed", "because"), "root");

        assertThat(answer).contains(changed);
        assertThat(users().find("ops")).contains(changed);
        assertThat(audited()).last().isEqualTo("root | user.changed | user ops | because");
        assertThat(users().change("nobody", present -> new Change(changed, "user.changed", ""), "root"))
                .isEmpty();
        assertThat(audited()).hasSize(2);
    }

    @Test
    void aHashIsRenewedUnlessThePasswordWasChangedMeanwhile() {
        users().add(account("ops"), "root");

        users().renewHash("Ops", "$argon2id$…", "$argon2id$renewed");
        users().renewHash("Ops", "$argon2id$…", "$argon2id$too late");

        assertThat(users().find("ops").orElseThrow().passwordHash()).isEqualTo("$argon2id$renewed");
    }

    @Test
    void theLastNetworksAreKnown() {
        users().add(account("ops"), "root");
        users().add(account("other"), "root");

        IntStream.range(0, 25).forEach(i -> users().noteNetwork("Ops", "net" + i, NOON.plusSeconds(i)));
        users().noteNetwork("ops", "net24", NOON.plusSeconds(60));

        assertThat(users().isKnownNetwork("OPS", "net24")).isTrue();
        assertThat(users().isKnownNetwork("ops", "net5")).isTrue();
        assertThat(users().isKnownNetwork("ops", "net4")).isFalse();
        assertThat(users().isKnownNetwork("other", "net24")).isFalse();
        assertThat(users().isKnownNetwork("nobody", "net24")).isFalse();
    }

    @Test
    void ofManyNodesThatMakeASigningKeyOneWins() throws Exception {
        try (ExecutorService nodes = Executors.newFixedThreadPool(8)) {
            List<Callable<String>> work = IntStream.range(0, 8)
                    .<Callable<String>>mapToObj(i -> () -> records().keepSigningKey("key" + i))
                    .toList();
            Set<String> kept = new LinkedHashSet<>();
            for (Future<String> done : nodes.invokeAll(work)) {
                kept.add(done.get());
            }
            assertThat(kept).containsExactly(records().signingKey().orElseThrow());
        }
    }

    @Test
    void theSigningKeyIsReplaced() {
        assertThat(records().signingKey()).isEmpty();
        records().keepSigningKey("one");

        records().replaceSigningKey("two", "root");

        assertThat(records().signingKey()).contains("two");
        assertThat(records().keepSigningKey("three")).isEqualTo("two");
        assertThat(audited()).containsExactly("root | token-key.renewed | key of bearer tokens | all tokens end");
    }

    @Test
    void aTokenIsRevokedOnceAndForgottenWhenItWouldHaveEnded() {
        assertThat(records().revoke("id1", "ops", NOON.plusSeconds(5), "root", NOON))
                .isTrue();
        assertThat(records().revoke("id1", "ops", NOON.plusSeconds(9), "root", NOON))
                .isFalse();

        assertThat(records().revoked(NOON)).containsExactly("id1");
        assertThat(records().revoked(NOON.plusSeconds(5))).isEmpty();
        assertThat(records().revoke("id2", "ops", NOON.plusSeconds(9), "root", NOON.plusSeconds(6)))
                .isTrue();
        assertThat(records().revoked(NOON)).containsExactly("id2");
        assertThat(audited()).first().isEqualTo("root | token.revoked | token id1 | of ops");
    }
}
